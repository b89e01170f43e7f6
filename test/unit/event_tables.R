# Prints test/unit/event_tables.txt: what metafor says of published sets (metadat), which test/t/088_event_tables.pl compares.
# table: events and numbers of both arms; effects: of each study; pooled: estimate and standard error of all.
suppressMessages({library(metafor); library(metadat)})
number <- function(x) paste(ifelse(is.na(x), "NA", sprintf("%.17g", x)), collapse = " ")
sets <- list(
  bcg = with(dat.bcg, data.frame(a = tpos, n1 = tpos + tneg, c = cpos, n2 = cpos + cneg)),
  collins1985a = with(dat.collins1985a, data.frame(a = d.xti, n1 = nti, c = d.xci, n2 = nci)),
  collins1985b = with(dat.collins1985b, data.frame(a = pre.xti, n1 = pre.nti, c = pre.xci, n2 = pre.nci)),
  damico2009 = with(dat.damico2009, data.frame(a = xt, n1 = nt, c = xc, n2 = nc)),
  egger2001 = with(dat.egger2001, data.frame(a = ai, n1 = n1i, c = ci, n2 = n2i)),
  hine1989 = with(dat.hine1989, data.frame(a = ai, n1 = n1i, c = ci, n2 = n2i)),
  li2007 = with(dat.li2007, data.frame(a = ai, n1 = n1i, c = ci, n2 = n2i)),
  nielweise2007 = with(dat.nielweise2007, data.frame(a = ai, n1 = n1i, c = ci, n2 = n2i)),
  pagliaro1992 = with(merge(subset(dat.pagliaro1992, trt == "beta-blockers"), subset(dat.pagliaro1992, trt == "control"), by = "study"),
                      data.frame(a = xi.x, n1 = ni.x, c = xi.y, n2 = ni.y)),
  yusuf1985 = with(subset(dat.yusuf1985, table == 6), data.frame(a = ai, n1 = n1i, c = ci, n2 = n2i)),
  # what no paper has: one table, tables alike, events in one arm only, an arm of one, all had it, counts of a nation
  one = data.frame(a = 3, n1 = 50, c = 8, n2 = 48),
  alike = data.frame(a = rep(4, 5), n1 = 40, c = 6, n2 = 41),
  one_arm = data.frame(a = c(0, 0), n1 = c(30, 25), c = c(3, 2), n2 = c(28, 26)),
  everybody = data.frame(a = c(12, 5), n1 = c(12, 20), c = c(15, 9), n2 = c(15, 22)),
  singles = data.frame(a = c(1, 0, 1, 0), n1 = 1, c = c(0, 0, 1, 1), n2 = c(2, 3, 1, 4)),
  nation = data.frame(a = c(1e6, 2.5e6), n1 = c(6e7, 9e7), c = c(1.1e6, 2.4e6), n2 = c(6.1e7, 8.8e7)))
for (name in names(sets)) {
  s <- na.omit(sets[[name]])
  cat("table", name, number(s$a), "|", number(s$n1), "|", number(s$c), "|", number(s$n2), "\n")
  for (measure in c("OR", "RR", "RD")) {
    e <- escalc(measure = measure, ai = a, n1i = n1, ci = c, n2i = n2, data = s)
    cat("effects", name, measure, number(e$yi), "|", number(sqrt(e$vi)), "\n")
    for (drop00 in c(FALSE, TRUE)) {
      r <- tryCatch(suppressWarnings(rma.mh(a, n1i = n1, ci = c, n2i = n2, data = s, measure = measure, drop00 = c(FALSE, drop00))), error = function(e) NULL)
      if (!is.null(r)) cat("pooled", name, measure, drop00, number(c(r$beta, r$se)), "\n")
    }
  }
  r <- tryCatch(suppressWarnings(rma.peto(a, n1i = n1, ci = c, n2i = n2, data = s)), error = function(e) NULL)
  if (!is.null(r)) cat("pooled", name, "PETO", FALSE, number(c(r$beta, r$se)), "\n")
}
for (name in c("normand1999", "gibson2002")) {
  d <- subset(get(paste0("dat.", name)), !is.na(m1i) & !is.na(m2i) & !is.na(sd1i) & !is.na(sd2i))
  cat("samples", name, number(d$n1i), "|", number(d$m1i), "|", number(d$sd1i), "|", number(d$n2i), "|", number(d$m2i), "|", number(d$sd2i), "\n")
  for (measure in c("MD", "SMD", "ROM")) {
    e <- escalc(measure = measure, n1i = n1i, m1i = m1i, sd1i = sd1i, n2i = n2i, m2i = m2i, sd2i = sd2i, data = d)
    cat("effects", name, measure, number(e$yi), "|", number(sqrt(e$vi)), "\n")
  }
}
