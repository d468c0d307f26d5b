# Wilcoxon signed rank. Run in this folder: Rscript signed-rank.R > signed-rank.json
# Zeros are dropped before R's exact test, which would rank them; up to 12 changes all signs are enumerated too.
source("json.R")
set.seed(20220803)
changes <- list(
  "worked example" = c(-3, -5, 0, -4, -5, 0, -2, -1, -1),
  "nine falls without ties" = -c(1, 2, 3, 4, 5, 6, 7, 8, 9),
  "one fall" = -2,
  "one fall beside zeros" = c(0, -2, 0),
  "two falls" = c(-1, -4),
  "as many falls as rises" = c(-2, 2, -1, 1),
  "all of one size" = c(-2, -2, -2, 2, -2, -2),
  "floating-point noise in ties and zeros" = c(7 - 4.9 - 2.1, 4.9 - 7, 5.9 - 8, 3.9 - 6, 0.3 - 0.2, -0.1),
  "twelve with ties" = c(-3, -3, 1, -2, 2, -5, -1, -1, 0.5, -4, -4, 6),
  "30 without ties" = sample(c(-1, -1, -1, 1), 30, TRUE) * (1:30) / 4,
  "44 with ties" = sample(-7:2, 44, TRUE),
  "50 without ties" = sample(c(-1, 1), 50, TRUE) * sample(50),
  "50 with ties and an extreme p" = -rep(1:5, 10),
  "51 with ties" = c(sample(c(-3:-1, 1:2), 51, TRUE)),
  "51 without ties" = sample(c(-1, 1, -1), 51, TRUE) * (1:51),
  "120 with zeros and ties" = sample(-6:4, 120, TRUE),
  "400 that rise" = round(rnorm(400, 0.8, 4), 1),
  "60 in perfect balance" = c(1:30, -(1:30))
)
enumerate <- function(x) {
  r <- rank(abs(x))
  signs <- as.matrix(expand.grid(rep(list(0:1), length(x))))
  v <- as.vector(signs %*% r)
  mean(abs(v - sum(r) / 2) >= abs(sum(r[x > 0]) - sum(r) / 2) - 1e-9)
}
emit(Map(function(name, raw) {
  x <- round(raw, 9)
  x <- x[x != 0]
  exact <- length(x) <= 50
  test <- suppressWarnings(wilcox.test(x, exact = exact, correct = TRUE))
  obj(
    name = str(name), changes = nums(raw), nNonZero = num(length(x)),
    method = str(if (exact) "exact" else "normal"), v = num(test$statistic), pTwoSided = num(test$p.value),
    pEnumerated = num(if (length(x) <= 12) enumerate(x) else NA)
  )
}, names(changes), changes))
