# META.json by the rules of PGXN's meta spec 1.0.0, and the archive of "make dist": it builds and installs where
# there is no git.  No validator of PGXN is in Debian, so the rules stand here.
use strict;
use warnings;
use File::Spec;
use JSON::PP;
use PostgreSQL::Test::Utils;
use Test::More;

my $term = qr{[^\s[:cntrl:]/\\]{2,}};
my $semver = qr/(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}(?:-[0-9A-Za-z.-]+)?/;
my $range = qr/(?:(?:==|!=|<=?|>=?)\s*)?$semver/;
my $url = qr{[a-z][a-z0-9+.-]*://[^/]+.*};
my $license = qr/agpl_3|apache_(?:1_1|2_0)|artistic_[12]|bsd|freebsd|gfdl_1_[23]|gpl_[123]|lgpl_(?:2_1|3_0)|mit
	|mozilla_1_[01]|openssl|perl_5|postgresql|qpl_1_0|ssleay|sun|zlib|open_source|restricted|unrestricted|unknown/x;

# what may stand where, and must
my @allowed = (
	[ qr{abstract|description|generated_by|maintainer(?:/\d+)?|no_index/(?:file|directory)(?:/\d+)?}, qr/.+/s ],
	[ qr{license(?:/\d+)?}, $license ],
	[ qr{license/[^/]+|resources/(?:homepage|license(?:/\d+)?|bugtracker/web|repository/(?:web|url))|meta-spec/url}, $url ],
	[ qr{name}, $term ],
	[ qr{version|provides/$term/version}, $semver ],
	[ qr{meta-spec/version}, qr/1\.0\.0/ ],
	[ qr{release_status}, qr/stable|testing|unstable/ ],
	[ qr{provides/$term/(?:file|docfile|abstract)}, qr/.+/s ],
	[ qr{tags(?:/\d+)?}, qr{[^[:cntrl:]/\\]{1,256}} ],
	[ qr{prereqs/(?:configure|build|test|runtime|develop)/(?:requires|recommends|suggests|conflicts)/$term}, qr/0|$range(?:\s*,\s*$range)*/ ],
	[ qr{resources/bugtracker/mailto}, qr/.+\@.+/ ],
	[ qr{resources/repository/type}, qr/[^A-Z]+/ ],
	[ qr{(?:.+/)?x_.*}i, qr/.*/s ]);
my @required = qw(abstract maintainer license name version provides meta-spec/version);

sub flat
{
	my ($value, $path) = @_;
	my $in = defined $path ? "$path/" : '';
	return map { flat($value->{$_}, "$in$_") } keys %$value if ref $value eq 'HASH';
	return map { flat($value->[$_], "$in$_") } 0 .. $#$value if ref $value eq 'ARRAY';
	return ([ $path, $value // '' ]);
}

# what is wrong with it
sub errors
{
	my ($meta) = @_;
	my @leaves = flat($meta);
	my @errors = map { my $path = $_; (grep { "$_->[0]/" =~ m{^\Q$path\E/} } @leaves) ? () : "no $path" }
	  @required, map { ("provides/$_/file", "provides/$_/version") } keys %{ $meta->{provides} };
	for my $leaf (@leaves)
	{
		my ($path, $value) = @$leaf;
		my @rules = grep { $path =~ /^$_->[0]$/ } @allowed;
		push @errors, !@rules ? "unknown: $path" : "$path: $value" unless grep { $value =~ /\A$_->[1]\z/ } @rules;
	}
	return join ', ', @errors;
}

my $meta = decode_json(slurp_file('META.json'));
is(errors($meta), '', 'META.json is valid');
is($meta->{provides}{vitk}{version}, $meta->{version}, 'its versions are one');
ok($meta->{resources}{$_}, "it names its $_") for qw(homepage bugtracker repository);
ok(-f $meta->{provides}{vitk}{$_}, "its $_ is there") for grep { $meta->{provides}{vitk}{$_} } qw(file docfile);
like(slurp_file('CHANGELOG.md'), qr/^# Changes\n\n## \Q$meta->{version}\E\n/, 'CHANGELOG.md begins with this version');

# the rules find what is wrong
for (
	[ 'no abstract' => sub { delete $_->{abstract} } ],
	[ 'no license' => sub { delete $_->{license} } ],
	[ 'no version' => sub { delete $_->{version} } ],
	[ 'no provides' => sub { delete $_->{provides} } ],
	[ 'no meta-spec/version' => sub { delete $_->{'meta-spec'}{version} } ],
	[ 'no provides/vitk/file' => sub { delete $_->{provides}{vitk}{file} } ],
	[ 'license: PostgreSQL' => sub { $_->{license} = 'PostgreSQL' } ],
	[ 'version: 0.2' => sub { $_->{version} = '0.2' } ],
	[ 'version: v0.2.0' => sub { $_->{version} = 'v0.2.0' } ],
	[ 'version: 0.02.0' => sub { $_->{version} = '0.02.0' } ],
	[ 'name: vit k' => sub { $_->{name} = 'vit k' } ],
	[ 'abstract: ' => sub { $_->{abstract} = '' } ],
	[ 'meta-spec/version: 2.0.0' => sub { $_->{'meta-spec'}{version} = '2.0.0' } ],
	[ 'meta-spec/url: pgxn.org' => sub { $_->{'meta-spec'}{url} = 'pgxn.org' } ],
	[ 'prereqs/runtime/requires/PostgreSQL: 15' => sub { $_->{prereqs}{runtime}{requires}{PostgreSQL} = '15' } ],
	[ 'unknown: prereqs/run/requires/PostgreSQL' => sub { $_->{prereqs} = { run => { requires => { PostgreSQL => '15.0.0' } } } } ],
	[ 'tags/0: a/b' => sub { $_->{tags}[0] = 'a/b' } ],
	[ 'unknown: keywords/0' => sub { $_->{keywords} = ['nutrition'] } ],
	[ '' => sub { $_->{x_keywords} = ['nutrition'] } ])
{
	my ($expected, $change) = @$_;
	my $changed = decode_json(slurp_file('META.json'));
	$change->() for $changed;
	is(errors($changed), $expected, $expected eq '' ? 'a key of our own is fine' : "found: $expected");
}

my $name = "vitk-$meta->{version}";
SKIP:
{
	skip "NO ARCHIVE (build/$name.zip, which make test makes in a git checkout): it is not tested", 4 unless -f "build/$name.zip";
	skip 'NO unzip (Debian: unzip): the archive is not tested', 4 if system('command -v unzip >/dev/null') != 0;

	my $folder = File::Spec->rel2abs(PostgreSQL::Test::Utils::tempdir());
	system_or_bail('unzip', '-q', "build/$name.zip", '-d', $folder);
	is(join(' ', map { m{([^/]+)$} } glob "$folder/{*,.[!.]*}"), $name, "all of the archive lies in $name");
	delete $ENV{MAKEFLAGS};
	command_ok([ 'make', '-s', '-C', "$folder/$name", 'with_llvm=no', 'all', 'install', "DESTDIR=$folder/installed" ], 'it builds and installs');

	my @sources = map { s{^src/(?=import/)}{}r } glob '{README,CHANGELOG}.md LICENSE CITATION.cff doc/*.md doc/example/* src/import/*';
	is(join(' ', sort map { m{/extension/vitk/(.*)\n} } `find $folder/installed -type f`), join(' ', sort @sources),
		'the pages, the example and the import scripts');
	is(join(' ', sort grep { !/\.bc$/ } map { m{([^/]*vitk[^/]*)\n} } grep { !m{/extension/vitk/} } `find $folder/installed -type f`),
		join(' ', sort('vitk.control', 'vitk.so', map { "vitk--$_.sql" } $meta->{version}, map { m{([^/]+)\.sql\.gz$} && "$1--$meta->{version}" } glob 'src/update/*.sql.gz')),
		'the library, the control file and the scripts');
}

done_testing();
