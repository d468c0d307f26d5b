# Order-statistic intervals: 200 by rank alone (of the values 1 to n), then 80 generated samples.
# Rscript quantile-interval.R > quantile-interval.json
source("json.R")
source("generate.R")
set.seed(20260111)
interval <- function(x, p) {
  n <- length(x)
  i <- c(qbinom(0.025, n, p), qbinom(0.975, n, p) + 1)
  if (i[1] < 1 || i[2] > n) c(NA, NA) else sort(x)[i]
}
sizes <- c(1:30, 35, 40, 44, 50, 51, 60, 75, 99, 100, 101, 150, 151, 200, 250, 333, 404, 500, 1000, 5000, 10000)
ranks <- expand.grid(p = c(0.25, 0.5, 0.75, 0.9), n = sizes)
samples <- expand.grid(n = c(2, 5, 6, 9, 13, 20, 31, 45), kind = kinds, stringsAsFactors = FALSE)
emit(c(
  Map(function(p, n) obj(n = num(n), p = num(p), interval = nums(interval(seq_len(n), p))), ranks$p, ranks$n),
  Map(function(n, kind) {
    x <- values_of(kind, n)
    obj(values = given(x), p = "0.5", interval = nums(interval(x, 0.5)))
  }, samples$n, samples$kind)
))
