package Csv;
# CSV files (RFC 4180), for generate.pl and select_foods.pl.
use strict;
use warnings;
use Exporter 'import';

our @EXPORT = qw(read_csv);

# The records of a file as hashes, in order; the header goes to @$columns.
sub read_csv
{
	my ($file, $encoding, $columns) = @_;
	open my $fh, "<:$encoding", $file or die "cannot open $file: $!\n";
	my $text = do { local $/; <$fh> };
	$text =~ s/\A(?:\x{feff}|\xef\xbb\xbf)//;
	my (@rows, @row);
	while ($text =~ /\G(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|\z)/gc)
	{
		my ($field, $end) = ($1 // $2, $3);
		$field =~ s/""/"/g;
		push @row, $field;
		next if $end eq ',';
		push @rows, [@row] unless @row == 1 && $row[0] eq '';
		@row = ();
		last if pos($text) >= length $text;
	}
	die "$file: unreadable near character " . (pos($text) // 0) . "\n"
	  if (pos($text) // 0) < length $text;
	my $header = shift @rows;
	@$columns = @$header if $columns;
	return map {
		my $r = $_;
		die "$file: " . @$r . " fields where " . @$header . " are due: @$r\n" if @$r != @$header;
		my %h;
		@h{@$header} = @$r;
		\%h
	} @rows;
}

1;
