/*
 * readers.c
 *		Unit test of the readers and the functions of probability at their very
 *		ends: one character more, one less, none; what lies at a bound.
 *
 * Each text stands in memory of its own length, so that AddressSanitizer sees who
 * reads behind it.  What it prints is TAP, see test/t/070_pure.pl.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/calcification.h"
#include "core/distribution.h"
#include "core/err.h"
#include "core/estimate.h"
#include "core/find_food.h"
#include "core/intake_vs_limit.h"
#include "core/literal.h"
#include "core/variance_components.h"

static int	tests;
static int	failed;

static void
ok(bool passed, const char *name)
{
	printf("%sok %d - %s\n", passed ? "" : "not ", ++tests, name);
	failed += !passed;
}

/* Texts live until the end: what is copied below is never freed. */
extern const char *__asan_default_options(void);

const char *
__asan_default_options(void)
{
	return "detect_leaks=0";
}

/* A copy without a NUL behind it */
static const char *
exact(const char *s, size_t len)
{
	char	   *copy = malloc(len);

	memcpy(copy, s, len);
	return copy;
}

static const char *
skipped(const char *text, const char *word, bool *found)
{
	static char rest[64];
	size_t		len = strlen(text);
	const char *s = exact(text, len);
	const char *p = s;

	*found = vitk_skip_word(&p, s + len, word);
	memcpy(rest, p, s + len - p);
	rest[s + len - p] = '\0';
	return rest;
}

static void
test_literals(void)
{
	static const char *const names[] = {"none", "sqrt"};
	const char *s = exact(" \t7 \r", 5);
	const char *end = s + 5;
	const char *blank = exact("  ", 2);
	const char *blank_end = blank + 2;
	bool		found;

	vitk_trim(&s, &end);
	vitk_trim(&blank, &blank_end);
	ok(end - s == 1 && *s == '7' && blank == blank_end, "spaces go at both ends");
	ok(strcmp(skipped("CI  x", "ci", &found), "x") == 0 && found, "a word goes with the space behind it, in either case");
	ok(strcmp(skipped("C", "ci", &found), "C") == 0 && !found, "half a word stays");
	ok(strcmp(skipped("ci", "ci", &found), "") == 0 && found, "a word at the end");
	ok(strcmp(skipped("cx", "ci", &found), "cx") == 0 && !found, "another word stays");
	ok(vitk_same_word(exact("SqRt", 4), 4, "sqrt") && !vitk_same_word(exact("sqr", 3), 3, "sqrt") &&
	   !vitk_same_word(exact("sqrts", 5), 5, "sqrt") && !vitk_same_word(exact("[", 1), 1, "{") &&
	   !vitk_same_word(exact("@", 1), 1, "`"), "words are the same letter by letter");
	ok(vitk_find_word(names, 2, exact("SQRT", 4), 4) == 1 && vitk_find_word(names, 2, exact("none", 4), 4) == 0 &&
	   vitk_find_word(names, 2, exact("", 0), 0) == -1 && vitk_find_word(names, 1, exact("sqrt", 4), 4) == -1,
	   "a word has its place among names");
}

static void
test_errors(void)
{
	VitkErr		err;
	char		list[32];
	static const char *const names[] = {"a", "b", "c"};
	char		longer[400];

	vitk_err(&err, VITK_E_SYNTAX, "the unit is missing");
	vitk_syntax_refused("t", "5", 1, "Write.", &err);
	ok(err.code == VITK_E_SYNTAX && strcmp(err.msg, "invalid input syntax for type t: \"5\"") == 0 &&
	   strcmp(err.detail, "The unit is missing.") == 0 && strcmp(err.hint, "Write.") == 0, "what was wrong becomes a sentence");
	vitk_err(&err, VITK_E_RANGE, "5 is too much");
	vitk_err_hint(&err, "Less.");
	vitk_literal_refused("t", "5", 1, "Write.", &err);
	ok(err.code == VITK_E_RANGE && strcmp(err.msg, "invalid value for type t: 5 is too much") == 0 &&
	   strcmp(err.hint, "Less.") == 0, "a value that is none keeps its hint");
	vitk_list_names(names, 1, list, sizeof(list));
	ok(strcmp(list, "a") == 0, "a list of one");
	vitk_list_names(names, 3, list, sizeof(list));
	ok(strcmp(list, "a, b and c") == 0, "a list of three");

	memset(longer, 'a', sizeof(longer));
	ok(vitk_clip(exact(longer, 60), 60) == 60 && vitk_clip(exact(longer, 61), 61) == 60, "60 bytes of a text are shown");
	memcpy(longer + 58, "\346\260\270", 3);
	ok(vitk_clip(exact(longer, 100), 100) == 58 && vitk_clip(exact(longer, 61), 61) == 58, "no character in part");
	memset(longer, '\200', 100);
	ok(vitk_clip(exact(longer, 100), 100) <= 60, "nor more of what is no character");
	memset(longer, 'a', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	for (size_t i = 0; i + 1 < sizeof(longer); i += 2)
		memcpy(longer + i, "\303\251", 2);
	longer[sizeof(longer) - 2] = '\0';
	vitk_err(&err, VITK_E_NAME, "%s", longer);
	ok(strlen(err.msg) == 254 && err.msg[253] == '\251', "a text that fills its buffer ends with a character");
	vitk_err(&err, VITK_E_NAME, "x%s", longer);
	ok(strlen(err.msg) == 253 && err.msg[252] == '\251', "wherever that begins");
}

static bool
near(const char *typed, const char *text, int most)
{
	const char *word;
	size_t		len;

	return vitk_near_word(exact(typed, strlen(typed)), strlen(typed), exact(text, strlen(text)), strlen(text),
						  most, &word, &len);
}

static void
test_words(void)
{
	char		longest[VITK_MAX_WORD + 2];
	char		longer[VITK_MAX_WORD + 2];

	ok(near("pizza", "pizza", 0) && near("abba", "abba", 0) && near("ab", "`ab{", 0), "a word is made of a to z");
	ok(!near("", "a", 9) && !near("", "", 9), "no word is typed");
	memset(longest, 'a', sizeof(longest));
	memset(longer, 'a', sizeof(longer));
	longest[VITK_MAX_WORD] = longer[VITK_MAX_WORD + 1] = '\0';
	ok(near(longest, longest, 0) && !near(longer, longest, 2) && !near(longest, longer, 2), "a word longer than any is none");
	ok(near("abc", "abcde", 2) && !near("abc", "abcde", 1) && near("abcde", "abc", 2) && !near("abcde", "abc", 1),
	   "as many letters too much or too few as are told");
}

static int
method_of(const char *s, size_t len)
{
	VitkErr		err;
	int			id = 0;

	return vitk_method_parse(exact(s, len), len, &id, &err) ? id : 0;
}

static void
test_methods(void)
{
	ok(method_of("agatston", 8) == 1 && method_of("AGATSTON", 8) == 1, "a method by its name");
	ok(method_of("agatstonagatston", 16) == 0 && method_of("agatstonagatst", 15) == 0 &&
	   method_of("agatstonagatstonagatstonagatstonagatstonagatston", 48) == 0, "a name longer than any");
	ok(method_of("au\0", 3) == 0 && method_of("", 0) == 0, "a NUL ends no name");
	ok(method_of("mm\302\263", 4) == method_of("mm3", 3) && method_of("mm\263", 3) == method_of("mm3", 3) &&
	   method_of("\302\265g/mg", 6) == method_of("ug/mg", 5) && method_of("\302", 1) == 0, "signs of units");
}

static VitkErrCode
estimate(const char *s)
{
	VitkEstimate e;
	VitkErr		err = {0};
	size_t		len = strlen(s);
	const char *p = exact(s, len);

	return vitk_estimate_parse(p, p + len, &e, &err) ? VITK_E_NONE : err.code;
}

static bool
estimate_says(const char *s, const char *message)
{
	VitkEstimate e;
	VitkErr		err = {0};
	size_t		len = strlen(s);
	const char *p = exact(s, len);

	return !vitk_estimate_parse(p, p + len, &e, &err) && strcmp(err.msg, message) == 0;
}

static void
test_estimates(void)
{
	ok(estimate_says("3,", "unexpected \",\"") && estimate_says("3,x", "unexpected \",x\""), "a comma that ends");
	ok(estimate_says("3,2 (n=7)", "the decimal separator must be a point"), "a comma in a number");
	ok(estimate("3") == VITK_E_NONE && estimate("3 +- 1 (n=4)") == VITK_E_NONE && estimate("3 [2, 4] (n=4)") == VITK_E_NONE &&
	   estimate("(n=0)") == VITK_E_NONE, "estimates");
	ok(estimate("3 [3, 3]") == VITK_E_NONE && estimate("3 [3, 4]") == VITK_E_NONE && estimate("3 [2, 3]") == VITK_E_NONE &&
	   estimate("3 [4, 5]") == VITK_E_VALUE && estimate("3 [1, 2]") == VITK_E_VALUE && estimate("3 [4, 2]") == VITK_E_VALUE,
	   "the bounds of an interval");
	ok(estimate("3 (0 % CI 2, 4)") == VITK_E_RANGE && estimate("3 (100 % CI 2, 4)") == VITK_E_RANGE &&
	   estimate("3 (99.9 % CI 2, 4)") == VITK_E_NONE && estimate("3 (0.1 % CI: 2 to 4)") == VITK_E_NONE, "the level of an interval");
	ok(estimate("") == VITK_E_SYNTAX && estimate(" ") == VITK_E_SYNTAX && estimate("3 (") == VITK_E_SYNTAX &&
	   estimate("3 [") == VITK_E_SYNTAX && estimate("3 [2") == VITK_E_SYNTAX && estimate("3 [2, 4") == VITK_E_SYNTAX &&
	   estimate("3 (n") == VITK_E_SYNTAX && estimate("3 (n=4") == VITK_E_SYNTAX && estimate("\342\210") == VITK_E_SYNTAX &&
	   estimate("\342\210\222") == VITK_E_SYNTAX && estimate("\342\210\2223") == VITK_E_NONE, "what breaks off is refused");
}

static bool
components(const char *s, VitkComponents *c)
{
	VitkErr		err;
	size_t		len = strlen(s);

	return vitk_components_parse(exact(s, len), len, c, &err);
}

/* Counts of persons and days up to 2^53 - 1, where doubles still count by one */
static void
test_components(void)
{
	VitkComponents c;
	char		text[VITK_COMPONENTS_LEN];

	ok(components("(persons=9007199254740991, days=9007199254740991, days_squared=9007199254740991, means=0, sum=0, ss_within=0, ss_between=0)", &c),
	   "as many persons as count");
	ok(vitk_components_format(&c, text) < VITK_COMPONENTS_LEN && components(text, &c), "which is written and read again");
	ok(!components("(persons=9007199254740992, days=9007199254740992, days_squared=9007199254740992, means=0, sum=0, ss_within=0, ss_between=0)", &c),
	   "one more");
	ok(!components("(persons=1, days=9007199254740992, days_squared=81129638414606680000000000000000, means=0, sum=0, ss_within=0, ss_between=0)", &c),
	   "as many days");
	ok(components("(persons=0)", &c) && !components("(persons=-1)", &c) && !components("(persons=0.5)", &c), "none, and less");
}

static bool
is(double v, double expected)
{
	return isnan(expected) ? isnan(v) : v == expected;
}

static void
test_distributions(void)
{
	double		bad[] = {-1e-300, 1 + 1e-15, -INFINITY, INFINITY, NAN};
	bool		refused = true;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		for (int upper = 0; upper <= 1; upper++)
			refused &= isnan(vitk_normal_quantile(bad[i], upper)) && isnan(vitk_t_quantile(bad[i], 3, upper)) &&
				isnan(vitk_chisq_quantile(bad[i], 3, upper));
	ok(refused, "what is no probability has no quantile");
	ok(is(vitk_t_quantile(0.1, 0, true), NAN) && is(vitk_t_quantile(0.1, -1, true), NAN) && is(vitk_t_quantile(0.1, NAN, true), NAN) &&
	   is(vitk_chisq_quantile(0.1, 0, true), NAN) && is(vitk_chisq_quantile(0.1, -1, true), NAN), "nor has what has no degrees of freedom");
	ok(is(vitk_normal_quantile(0, true), INFINITY) && is(vitk_normal_quantile(1, true), -INFINITY) &&
	   is(vitk_normal_quantile(0, false), -INFINITY) && is(vitk_normal_quantile(1, false), INFINITY) &&
	   is(vitk_t_quantile(0, 3, true), INFINITY) && is(vitk_t_quantile(1, 3, true), -INFINITY) &&
	   is(vitk_t_quantile(0, 3, false), -INFINITY) && is(vitk_t_quantile(1, 3, false), INFINITY), "quantiles of 0 and 1, of symmetric distributions");
	ok(is(vitk_chisq_quantile(0, 3, true), INFINITY) && is(vitk_chisq_quantile(1, 3, true), 0) &&
	   is(vitk_chisq_quantile(0, 3, false), 0) && is(vitk_chisq_quantile(1, 3, false), INFINITY), "of chi squared");
	ok(is(vitk_normal_quantile(0.5, true), 0) && is(vitk_t_quantile(0.5, 3, false), 0), "the median is zero");
	ok(is(vitk_t_quantile(0.025, INFINITY, true), vitk_normal_quantile(0.025, true)), "t of infinite df is normal");
	ok(is(vitk_chisq_cdf(0, 3, true), 1) && is(vitk_chisq_cdf(0, 3, false), 0) && is(vitk_chisq_cdf(-1, 3, true), 1) &&
	   is(vitk_chisq_cdf(INFINITY, 3, true), 0) && is(vitk_chisq_cdf(INFINITY, 3, false), 1), "chi squared of nothing, and of all");
	ok(is(vitk_t_cdf(INFINITY, 3, true), 0) && is(vitk_t_cdf(INFINITY, 3, false), 1) && is(vitk_t_cdf(-INFINITY, 3, true), 1) &&
	   is(vitk_t_cdf(0, 3, true), 0.5) && is(vitk_normal_cdf(0, false), 0.5), "t at its ends and in the middle");
	ok(is(vitk_f_cdf(0, 2, 3, true), 1) && is(vitk_f_cdf(0, 2, 3, false), 0) && is(vitk_f_cdf(INFINITY, 2, 3, true), 0) &&
	   is(vitk_f_cdf(INFINITY, 2, 3, false), 1) && is(vitk_f_cdf(NAN, 2, 3, false), NAN) && is(vitk_f_cdf(1, 0, 3, false), NAN) &&
	   is(vitk_f_cdf(1, 2, 0, false), NAN), "F at its ends");
}

/* The verdict on an intake from lower to most; what may not reach a value is miss */
static VitkVerdict
verdict(VitkLimitKind kind, double lower, double most, double miss, double limit_lower, double limit_upper)
{
	VitkIntake	intake = {lower, most, miss};

	return vitk_verdict(kind, VITK_BOUND_VALUE, &intake, limit_lower, limit_upper);
}

/* An intake that meets a limit to 1e-12 meets it; the table of what each kind says */
static void
test_verdicts(void)
{
	static const struct
	{
		VitkLimitKind kind;
		double		lower;
		double		most;
		double		miss;
		VitkVerdict verdict;
	}			cases[] = {
		{VITK_LIMIT_AVERAGE, 9, 9, 9, VITK_LIKELY_INADEQUATE}, {VITK_LIMIT_AVERAGE, 9, INFINITY, INFINITY, VITK_UNCERTAIN},
		{VITK_LIMIT_AVERAGE, 9, INFINITY, 9, VITK_LIKELY_INADEQUATE}, {VITK_LIMIT_AVERAGE, 9, 9, 11, VITK_UNCERTAIN},
		{VITK_LIMIT_AVERAGE, 10, 10, 10, VITK_NO_CONCLUSION}, {VITK_LIMIT_AVERAGE, 9, 11, 11, VITK_UNCERTAIN},
		{VITK_LIMIT_AVERAGE, 9, 10, 10, VITK_UNCERTAIN}, {VITK_LIMIT_AVERAGE, 11, INFINITY, INFINITY, VITK_NO_CONCLUSION},
		{VITK_LIMIT_ENOUGH, 10, INFINITY, INFINITY, VITK_ADEQUATE}, {VITK_LIMIT_ENOUGH, 9.999, 9.999, 9.999, VITK_NO_CONCLUSION},
		{VITK_LIMIT_ENOUGH, 10 * (1 - 1e-13), 11, 11, VITK_ADEQUATE}, {VITK_LIMIT_ENOUGH, 9, INFINITY, INFINITY, VITK_UNCERTAIN},
		{VITK_LIMIT_UPPER, 10, 10, 10, VITK_WITHIN_LIMIT}, {VITK_LIMIT_UPPER, 10, INFINITY, INFINITY, VITK_UNCERTAIN},
		{VITK_LIMIT_UPPER, 10, INFINITY, 10, VITK_UNCERTAIN},
		{VITK_LIMIT_UPPER, 10.001, INFINITY, INFINITY, VITK_EXCEEDS}, {VITK_LIMIT_UPPER, 9, 10.001, 10.001, VITK_UNCERTAIN},
		{VITK_LIMIT_CONTEXT, 9, 9, 9, VITK_NO_CONCLUSION}, {VITK_LIMIT_UNKNOWN, 9, 9, 9, VITK_VERDICT_NONE}
	};
	bool		all = true;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		all &= verdict(cases[i].kind, cases[i].lower, cases[i].most, cases[i].miss, 10, 10) == cases[i].verdict;
	ok(all, "verdicts below, at and above a limit");
	ok(verdict(VITK_LIMIT_ENOUGH, 10, 10, 10, 9, 11) == VITK_UNCERTAIN &&
	   verdict(VITK_LIMIT_ENOUGH, 8, 8, 8, 9, 11) == VITK_NO_CONCLUSION &&
	   verdict(VITK_LIMIT_UPPER, 10, 10, 10, 9, 11) == VITK_UNCERTAIN &&
	   verdict(VITK_LIMIT_UPPER, 9, 9, 9, 9, 11) == VITK_WITHIN_LIMIT, "an intake within a printed range is uncertain");
}

int
main(void)
{
	test_literals();
	test_errors();
	test_words();
	test_methods();
	test_estimates();
	test_components();
	test_distributions();
	test_verdicts();
	printf("1..%d\n", tests);
	return failed > 0;
}
