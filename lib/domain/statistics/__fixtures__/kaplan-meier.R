# Product limit with Greenwood's variance and the log(-log) interval, in base R (the survival package is none of it).
# Number 1 and 2: remission in weeks on 6-MP and on placebo (Freireich 1963, as in Gehan 1965); 240 are generated.
# Rscript kaplan-meier.R > kaplan-meier.json
source("json.R")
source("generate.R")
set.seed(20260109)
product_limit <- function(time, event) {
  at <- sort(unique(time))
  risk <- sapply(at, function(t) sum(time >= t))
  d <- sapply(at, function(t) sum(event[time == t]))
  s <- cumprod(1 - d / risk)
  se <- sqrt(cumsum(d / (risk * (risk - d))))
  defined <- s > 0 & s < 1
  ends <- function(sign) ifelse(defined, exp(-exp(log(-log(s)) + sign * qnorm(0.975) * se / abs(log(s)))), NA)
  list(time = at, risk = risk, d = d, censored = sapply(at, function(t) sum(!event[time == t])), s = s, lower = ends(1), upper = ends(-1))
}
# the first time at one half or below; where the curve rests at one half, the middle of that stretch (quantile.survfit)
half <- function(at, curve) {
  tolerance <- sqrt(.Machine$double.eps)
  first <- which(curve <= 0.5 + tolerance)
  if (length(first) == 0) return(NA)
  if (curve[first[1]] < 0.5 - tolerance) return(at[first[1]])
  below <- which(curve < 0.5 - tolerance)
  (at[first[1]] + if (length(below) == 0) at[length(at)] else at[below[1]]) / 2
}
drug <- list(
  c(6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35),
  c(1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0)
)
placebo <- list(c(1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23), rep(1, 21))
generated <- lapply(rep(c(1, 2, 3, 4, 5, 6, 8, 12, 15, 20), 24), function(n) {
  time <- switch(sample(4, 1), sample(0:6, n, TRUE), sample(1:400, n, TRUE), sample(1:5, n, TRUE) / 8, rep(sample(9, 1), n))
  list(time, as.numeric(runif(n) < sample(c(0, 0.3, 0.6, 1), 1)))
})
emit(lapply(c(list(drug, placebo), generated), function(x) {
  k <- product_limit(x[[1]], x[[2]])
  obj(
    times = given(x[[1]]), events = given(x[[2]]), time = given(k$time), atRisk = given(k$risk), eventsAt = given(k$d),
    censored = given(k$censored), survival = nums(k$s), ciLower = nums(k$lower), ciUpper = nums(k$upper),
    median = nums(c(half(k$time, k$s), half(k$time, k$lower), half(k$time, k$upper)))
  )
}))
