# The distribution functions against R 4.2 (pnorm, qnorm, pt, qt, pchisq, qchisq, pf;
# written with %.17g), far tails included, and for df from a million on and
# below 0.5 against 30-digit arithmetic (mpmath).  Left out: qt() for df 0.5 in
# the tail, where R's own quantile does not give back its probability (off by
# 1e-6, or infinite); qt() at 1e-250 and beyond for df 3 and 10, where R is off by 1e-8, is the leading
# term of its tail, c df^((df - 1)/2) t^-df.

use strict;
use warnings;
use Test::More;
use PostgreSQL::Test::Utils;

my $dir = PostgreSQL::Test::Utils::tempdir();
my $cc = $ENV{CC} // 'gcc';
my @build = ($cc, qw(-O2 -Wall -Wextra -Werror -ffp-contract=off -Isrc -o),
	"$dir/distribution", 'test/unit/distribution.c', 'src/core/distribution.c', '-lm');
is(system(@build), 0, 'builds without a server');

my $report = `$dir/distribution <test/unit/distribution.txt`;
is($?, 0, 'every value within 1e-12 of its size') or diag $report;
like($report, qr/^2\d\d\d compared, 0 wrong$/m, 'all of the grid was compared');

done_testing();
