# Wilcoxon rank sum. Run in this folder: Rscript rank-sum.R > rank-sum.json
# Two-sided p = P(|W - E W| >= |w - E W|). R 4.6's wilcox.test doubles the smaller tail, which with ties is
# something else: so ties are enumerated in full while choose(N, n1) allows it, and beyond that both tails are
# taken from R's own conditional distribution (stats:::.pwilcox), the upper one as the lower tail of the
# reversed ranks, since R computes an upper tail as 1 - lower. Without ties wilcox.test itself answers.
source("json.R")
set.seed(20220804)
arms <- list(
  "three against three, apart" = list(c(1, 2, 3), c(4, 5, 6)),
  "one against one" = list(3, 5),
  "one against five" = list(-4, c(-1, 0, -2, -3, 1)),
  "one against two, tied" = list(2, c(2, 5)),
  "all tied" = list(c(2, 2, 2), c(2, 2)),
  "five against four, ties on one side" = list(c(-3, -3, -2, -5, 0), c(0, 0, 1, -1)),
  "six against six, many ties" = list(c(-3, -2, -2, -1, 0, -4), c(-2, 0, 0, 1, -1, 0)),
  "seven against three, lopsided ties" = list(c(0, 0, 0, 0, 1, 2, 5), c(0, 3, 7)),
  "floating-point noise in ties" = list(c(4.9 - 7, 5.9 - 8, -1), c(3.9 - 6, 0, 0.5, 2)),
  "eight against eight, tied" = list(c(-6, -5, -5, -4, -4, -3, -1, 0), c(-4, -2, -2, -1, 0, 0, 1, 2)),
  "14 against 17 without ties" = list(sample(1000, 14) / 8, (sample(1000, 17) + 1000.5) / 16),
  "50 against 50 without ties" = list((1:50) * 2 - 20, (1:50) * 2 + 1),
  "20 against 25, tied" = list(sample(-6:2, 20, TRUE), sample(-4:3, 25, TRUE)),
  "44 against 44, tied, far apart" = list(sample(-6:0, 44, TRUE), sample(-3:3, 44, TRUE)),
  "50 against 50, tied" = list(sample(-5:3, 50, TRUE), sample(-5:4, 50, TRUE)),
  "50 against 2, tied" = list(sample(-5:3, 50, TRUE), c(-5, -4)),
  "51 against 5, tied" = list(sample(-6:2, 51, TRUE), c(-1, 2, 3, 0, 1)),
  "51 against 60 without ties" = list((1:51) * 3, (1:60) * 3 + 1),
  "200 against 180, tied" = list(sample(-6:3, 200, TRUE), sample(-5:3, 180, TRUE)),
  "60 against 55, all tied" = list(rep(1, 60), rep(1, 55)),
  "60 against 60, alike" = list(rep(1:10, 6), rep(1:10, 6))
)
enumerate <- function(x, y) {
  r <- rank(c(x, y))
  n1 <- length(x)
  w <- combn(length(r), n1, function(i) sum(r[i]))
  mean(abs(w - n1 * mean(r)) >= abs(sum(r[seq_along(x)]) - n1 * mean(r)) - 1e-9)
}
both_tails <- function(x, y) {
  r <- rank(c(x, y))
  n1 <- as.double(length(x))
  n2 <- as.double(length(y))
  distance <- abs(sum(r[seq_along(x)]) - n1 * (n1 + 1) / 2 - n1 * n2 / 2)
  if (distance == 0) return(1)
  p <- get(".pwilcox", asNamespace("stats"))
  p(n1 * n2 / 2 - distance, n1, n2, r) + p(n1 * n2 / 2 - distance, n1, n2, n1 + n2 + 1 - r)
}
emit(Map(function(name, pair) {
  x <- round(pair[[1]], 9)
  y <- round(pair[[2]], 9)
  exact <- max(length(x), length(y)) <= 50
  ties <- anyDuplicated(c(x, y)) > 0
  test <- suppressWarnings(wilcox.test(x, y, exact = exact, correct = TRUE))
  p <- if (!exact || !ties) test$p.value
    else if (choose(length(x) + length(y), length(x)) <= 20000) enumerate(x, y)
    else both_tails(x, y)
  obj(
    name = str(name), first = nums(pair[[1]]), second = nums(pair[[2]]),
    method = str(if (exact) "exact" else "normal"), w = num(test$statistic), pTwoSided = num(p)
  )
}, names(arms), arms))
