# two_part_assumptions.R - what usual intake in two parts says where its assumptions do not hold, by simulation: the
# table of doc/usual-intake.md.
#
#   Rscript test/two_part_assumptions.R
#
# Persons eat something on a share of days that has a distribution over persons; amounts are log-normal.  rho is the
# correlation of how often and how much between persons, which the method takes for 0.
# moment form in two parts, as two_part.c
parts <- function(y, g) {   # persons x 2 days; NA: no such day
  n <- rowSums(!is.na(y)); k <- sum(n > 0); y <- y[n > 0, , drop = FALSE]; n <- n[n > 0]
  N <- sum(n); m <- rowMeans(y, na.rm = TRUE)
  ssw <- sum((y - m)^2, na.rm = TRUE); gm <- sum(n * m) / N; ssb <- sum(n * (m - gm)^2)
  w <- ssw / (N - k)
  list(mean = mean(m), w = w, b = max(0, (ssb / (k - 1) - w) / ((N - sum(n^2) / N) / (k - 1))))
}
below <- function(f, a, c) {
  at <- function(p) pnorm((log(c / p) - a$mean - a$w / 2) / sqrt(a$b))
  most <- f$mean * (1 - f$mean)
  if (f$b <= 1e-6 * most) return(at(f$mean))
  s <- most / f$b - 1; A <- f$mean * s; B <- (1 - f$mean) * s
  # beta quantile midpoints are slow; integrate over u = qbeta is robust
  u <- (seq_len(4000) - 0.5) / 4000
  mean(at(pmax(qbeta(u, A, B), 1e-300)))
}
set.seed(2)
n <- 200000
R <- as.integer(Sys.getenv("VITK_SETS", "20"))
food <- list(
  natto  = list(qp = function(u) qbeta(u, 1, 6),   mu = 3.7, b = 0.3, w = 0.5, cut = c(1, 5, 20)),
  cheese = list(qp = function(u) qbeta(u, 1.5, 1), mu = 3.4, b = 0.5, w = 0.6, cut = c(5, 15, 40)),
  never  = list(qp = function(u) ifelse(u < 0.4, 0, qbeta(pmax(0, (u - 0.4) / 0.6), 2, 2)), mu = 3.4, b = 0.5, w = 0.6, cut = c(5, 15, 40)))
for (name in names(food)) for (rho in c(0, 0.3, 0.6)) {
  x <- food[[name]]
  d <- replicate(R, {
    z <- rnorm(n); p <- x$qp(pnorm(z)); a <- x$mu + x$b * (rho * z + sqrt(1 - rho^2) * rnorm(n))
    eaten <- matrix(runif(2 * n) < p, n)
    l <- matrix(a + rnorm(2 * n, 0, x$w), n); l[!eaten] <- NA
    f <- parts(eaten + 0); m <- parts(l); T <- p * exp(a + x$w^2 / 2)
    c(sapply(x$cut, function(c) mean(T < c)), sapply(x$cut, function(c) below(f, m, c)))
  })
  k <- length(x$cut)
  for (i in seq_len(k)) cat(sprintf("%s rho %g cut %g: truth %.4f, two parts %.4f, bias %+.4f (SE %.4f)\n", name, rho, x$cut[i], mean(d[i, ]), mean(d[k + i, ]), mean(d[k + i, ] - d[i, ]), sd(d[k + i, ] - d[i, ]) / sqrt(R)))
}
