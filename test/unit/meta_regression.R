# Prints test/unit/meta_regression.txt: what metafor says of published sets (metadat), which test/t/088_meta_regression.pl
# compares.  The iterations go on until nothing changes.
suppressMessages({library(metafor); library(metadat)})
number <- function(x) paste(sprintf("%.17g", x), collapse = " ")
control <- list(stepadj = 0.5, maxiter = 1e5, threshold = 1e-13, tol = 1e-14)
bcg <- escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
drowns <- with(dat.bangertdrowns2004, dat.bangertdrowns2004[!is.na(length) & !is.na(feedback) & !is.na(wic), ])
sets <- list(
  bcg = list(d = bcg, x = cbind(bcg$ablat, bcg$year), new = rbind(c(33.5, 1950), c(10, 1970))),
  bcg_alloc = list(d = bcg, x = cbind(bcg$alloc == "random", bcg$alloc == "systematic") + 0, new = rbind(c(1, 0), c(0, 0))),
  bangertdrowns2004 = list(d = drowns, x = cbind(drowns$length, drowns$wic, drowns$feedback), new = rbind(c(10, 1, 0), c(20, 0, 1))),
  konstantopoulos2011 = list(d = dat.konstantopoulos2011, x = cbind(dat.konstantopoulos2011$year), new = rbind(1990, 2000)))
for (name in names(sets)) {
  s <- sets[[name]]
  cat("data", name, number(s$d$yi), "|", number(s$d$vi), "|", apply(s$x, 1, number) |> paste(collapse = ","), "|",
      apply(s$new, 1, number) |> paste(collapse = ","), "\n")
  for (method in c("FE", "DL", "PM", "ML", "REML")) for (test in c("z", "knha", "adhoc")) {
    if (method == "FE" && test != "z") next
    r <- tryCatch(rma(yi, vi, mods = s$x, data = s$d, method = method, test = test, control = control), error = function(e) NULL)
    if (is.null(r)) { cat("# not told by R:", name, method, test, "\n"); next }
    p <- predict(r, newmods = s$new)
    cat("fit", name, method, test, number(c(r$tau2, r$se.tau2, r$I2, r$H2, r$R2, r$QE, r$k - r$p, r$QEp, r$QM, r$QMdf, r$QMp)), "|",
        number(t(cbind(r$beta, r$se, r$zval, r$pval, r$ci.lb, r$ci.ub))), "|",
        number(t(cbind(p$pred, p$se, p$ci.lb, p$ci.ub, if (method != "FE") cbind(p$pi.lb, p$pi.ub)))), "\n")
  }
  if (name == "bcg_alloc") next  # the effects are those of bcg
  r0 <- rma(yi, vi, data = s$d, method = "DL")
  for (estimator in c("L0", "R0", "Q0")) for (side in c("auto", "left", "right")) {
    t <- suppressWarnings(tryCatch(if (side == "auto") trimfill(r0, estimator = estimator) else trimfill(r0, estimator = estimator, side = side), error = function(e) NULL))
    if (is.null(t)) { cat("fill", name, estimator, side, "none\n"); next }
    cat("fill", name, estimator, side, t$side, number(c(t$k0, t$se.k0, t$p.k0, t$beta, t$se, t$QE)), "\n")
  }
}
for (method in c("FE", "DL", "PM", "ML", "REML")) {
  e <- lapply(split(bcg, bcg$alloc), function(z) rma(yi, vi, data = z, method = method, test = "z", control = control))
  q <- rma(sapply(e, function(r) r$beta), sei = sapply(e, function(r) r$se), method = "FE")
  cat("subgroups bcg", method, number(c(q$QE, q$k - 1, q$QEp, sum(sapply(e, function(r) r$QE)))), "\n")
}
