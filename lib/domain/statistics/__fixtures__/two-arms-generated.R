# 240 generated pairs of arms: Welch's t test and Hedges' g. Rscript two-arms-generated.R > two-arms-generated.json
source("json.R")
source("generate.R")
set.seed(20260105)
sizes <- c(1, 2, 2, 3, 4, 6, 9, 14, 30)
emit(lapply(rep(kinds, 30), function(kind) {
  x <- values_of(kind, sample(sizes, 1))
  y <- values_of(kind, sample(sizes, 1))
  t <- tryCatch(t.test(x, y), error = function(e) NULL)
  df <- length(x) + length(y) - 2
  squares <- sum((x - mean(x))^2) + sum((y - mean(y))^2)
  varies <- length(unique(x)) > 1 || length(unique(y)) > 1
  g <- (mean(x) - mean(y)) / sqrt(squares / df) * (1 - 3 / (4 * df - 1))
  obj(
    first = given(x), second = given(y), differenceInMeans = num(mean(x) - mean(y)),
    ci = nums(if (is.null(t)) c(NA, NA) else t$conf.int), t = num(attempt(t$statistic)), df = num(attempt(t$parameter)),
    pTwoSided = num(attempt(t$p.value)), hedgesG = num(if (varies) g else NA)
  )
}))
