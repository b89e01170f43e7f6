# What sql/two_part_model.sql compares with: models in two parts fitted by lme4 (not correlated) and by a likelihood written out
# here (correlated, weighted), maximised by Newton steps with numeric derivatives; shares and persons by integrals in two dimensions.
suppressMessages(library(lme4))
set.seed(11)
n <- 150; id <- rep(1:n, each = 2); d <- rep(1:2, n)
woman <- id %% 2; weekend <- as.numeric((id + d) %% 3 == 0); weight <- 1 + id %% 4
z <- rnorm(n); u <- 0.5 * z + sqrt(0.75) * rnorm(n)
intake <- round(ifelse(runif(2 * n) < plogis(0.5 * woman + 0.5 * weekend + 1.5 * z[id]), exp(3 + 0.3 * woman - 0.2 * weekend + 0.5 * u[id] + 0.5 * rnorm(2 * n)), 0), 1)
eaten <- intake > 0; y <- log(intake)
cat(intake, sep = ",", fill = 150)
show <- function(what, x) cat(what, sprintf("%.12g", x), "\n")
control <- function(f) f(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10, maxfun = 1e5))
often <- glmer(eaten ~ woman + weekend + (1 | id), family = binomial, nAGQ = 25, control = control(glmerControl))
much <- lmer(y ~ woman + weekend + (1 | id), REML = FALSE, subset = eaten, control = control(lmerControl))
show("lme4", c(fixef(often), fixef(much), attr(VarCorr(often)$id, "stddev"), attr(VarCorr(much)$id, "stddev"), sigma(much), logLik(often) + logLik(much)))

# Gauss-Hermite nodes for a normal, by the eigenvalues of the Jacobi matrix (Golub and Welsch 1969)
k <- 60; J <- matrix(0, k, k); for (i in 1:(k - 1)) J[i, i + 1] <- J[i + 1, i] <- sqrt(i); E <- eigen(J, TRUE); z <- E$values; wz <- E$vectors[1, ]^2
X <- cbind(1, woman, weekend); days <- split(seq_along(id), id); w <- weight[seq(1, 2 * n, 2)] / mean(weight[seq(1, 2 * n, 2)])
minus <- function(t) {
  a <- X %*% t[1:3]; b <- X %*% t[4:6]; s1 <- exp(t[7]); s2 <- exp(t[8]); se <- exp(t[9]); rho <- tanh(t[10])
  if (max(abs(t)) > 9) return(1e9)
  V <- diag(se^2, 2) + s2^2 * (1 - rho^2); W <- solve(V)
  -sum(w * sapply(days, function(j) {
    f <- apply(sapply(j, function(i) dbinom(eaten[i], 1, plogis(a[i] + s1 * z))), 1, prod)
    j <- j[eaten[j]]; r <- sapply(j, function(i) y[i] - b[i] - rho * s2 * z)
    if (length(j) == 1) f <- f * dnorm(r[, 1], 0, sqrt(V[1, 1]))
    if (length(j) == 2) f <- f * exp(-rowSums((r %*% W) * r) / 2) / (2 * pi * sqrt(det(V)))
    log(sum(wz * f))
  }))
}
t <- optim(c(fixef(often), fixef(much), log(1.2), log(0.5), log(0.5), 0.3), minus, method = "BFGS", control = list(reltol = 1e-12, maxit = 500))$par
D <- function(i, e = 1e-3) replace(numeric(10), i, e)
g <- function(t) sapply(1:10, function(i) (8 * (minus(t + D(i)) - minus(t - D(i))) - (minus(t + 2 * D(i)) - minus(t - 2 * D(i)))) / 12e-3)
for (i in 1:2) { H <- sapply(1:10, function(i) (g(t + D(i)) - g(t - D(i))) / 2e-3); t <- t - solve(H, g(t)) }
show("correlated, weighted", c(t[1:6], exp(t[7:8]), tanh(t[10]), exp(t[9]), -minus(t)))

# a model that is given: log, logit -0.5 + 0.4 weekend, amount 3 - 0.2 weekend, SD 1.2, 0.5, correlation 0.5, SD of days 0.6
grid <- seq(-9, 9, length.out = 1201); phi <- dnorm(grid)
back <- list(none = function(u) u, sqrt = function(u) pmax(u, 0)^2 + 0.36, cuberoot = function(u) u^3 + 3 * u * 0.36, log = function(u) exp(u + 0.18))
usual <- function(z, u, scale) (4 * plogis(-0.5 + 1.2 * z) * back[[scale]](3 + u) + 3 * plogis(-0.1 + 1.2 * z) * back[[scale]](2.8 + u)) / 7
root <- function(z, scale, c) if (usual(z, 60, scale) < c) Inf else uniroot(function(u) usual(z, u, scale) - c, c(-60, 60), tol = 1e-14)$root
share <- function(scale, c) sum(phi * sapply(grid, function(z) pnorm((root(z, scale, c) / 0.5 - 0.5 * z) / sqrt(0.75)))) / sum(phi)
show("shares", c(share("none", 1), share("sqrt", 4), share("cuberoot", 12), share("log", 8)))
# a person with 25 on a weekday and nothing on a weekend day
A <- outer(grid, grid, function(z, v) dnorm(z) * dnorm(v) * plogis(-0.5 + 1.2 * z) * (1 - plogis(-0.1 + 1.2 * z)) *
             dnorm((log(25) - 3 - 0.25 * z - 0.5 * sqrt(0.75) * v) / 0.6))
U <- outer(grid, grid, function(z, v) usual(z, 0.25 * z + 0.5 * sqrt(0.75) * v, "log"))
s2 <- 0.25 * 0.75; pz <- dnorm(grid) * plogis(-0.5 + 1.2 * grid) * (1 - plogis(-0.1 + 1.2 * grid)) * dnorm(log(25) - 3 - 0.25 * grid, 0, sqrt(0.36 + s2))
mu <- 0.25 * grid + s2 / (s2 + 0.36) * (log(25) - 3 - 0.25 * grid)
show("person", c(sum(A * U) / sum(A), sum(pz * pnorm((sapply(grid, root, "log", 8) - mu) / sqrt(s2 * 0.36 / (s2 + 0.36)))) / sum(pz)))
