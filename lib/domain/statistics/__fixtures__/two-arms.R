# Welch's t test and Hedges' g between two arms. Run in this folder: Rscript two-arms.R > two-arms.json
source("json.R")
set.seed(20220805)
arms <- list(
  "three against three" = list(c(1, 2, 3), c(2, 4, 6)),
  "two against two" = list(c(-3, -5), c(0, -1)),
  "one against four" = list(-6, c(-1, 0, 1, -2)),
  "four against one" = list(c(-1, 0, 1, -2), -6),
  "one against two" = list(-6, c(-1, 0)),
  "one against one" = list(3, 5),
  "one arm does not vary" = list(c(-2, -2, -2), c(-1, 0, 1, -2)),
  "neither arm varies" = list(c(-2, -2, -2), c(1, 1)),
  "neither arm varies but for floating-point noise" = list(c(4.9 - 7, 5.9 - 8, 3.9 - 6), c(4.9 - 6, 5.9 - 7)),
  "equal means" = list(c(-1, 1), c(-2, 0, 2)),
  "very unequal variances" = list(round(rnorm(12, -3, 0.2), 2), round(rnorm(30, -1, 9), 2)),
  "44 against 44 ratings" = list(sample(-6:0, 44, TRUE), sample(-4:3, 44, TRUE)),
  "200 against 190, p very small" = list(round(rnorm(200, -20, 9), 1), round(rnorm(190, -4, 10), 1))
)
emit(Map(function(name, pair) {
  x <- pair[[1]]
  y <- pair[[2]]
  t <- tryCatch(t.test(x, y), error = function(e) NULL)
  df <- length(x) + length(y) - 2
  squares <- sum((x - mean(x))^2) + sum((y - mean(y))^2)
  g <- (mean(x) - mean(y)) / sqrt(squares / df) * (1 - 3 / (4 * df - 1))
  ci <- if (is.null(t)) c(NA, NA) else t$conf.int
  obj(
    name = str(name), first = nums(x), second = nums(y), differenceInMeans = num(mean(x) - mean(y)),
    ci = nums(ci), t = num(attempt(t$statistic)), df = num(attempt(t$parameter)),
    pTwoSided = num(attempt(t$p.value)), hedgesG = num(if (squares < 1e-20) NA else g)
  )
}, names(arms), arms))
