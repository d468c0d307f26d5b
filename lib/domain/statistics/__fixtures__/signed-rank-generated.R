# 252 generated signed-rank tests: up to 12 non-zero changes by all assignments of signs, else by wilcox.test (whose
# exact p is right with ties too, since the distribution is symmetric). Rscript signed-rank-generated.R > signed-rank-generated.json
source("json.R")
source("generate.R")
set.seed(20260103)
signs <- lapply(1:12, function(n) as.matrix(expand.grid(rep(list(0:1), n))))
enumerate <- function(x) {
  r <- rank(abs(x))
  v <- as.vector(signs[[length(x)]] %*% r)
  mean(abs(v - sum(r) / 2) >= abs(sum(r[x > 0]) - sum(r) / 2) - 1e-9)
}
cases <- expand.grid(
  n = c(1:10, 12, 15, 25, 50, 51, 60, 75, 120), kind = c(kinds[c(1:5, 7)], "ties"), repeated = 1:2, stringsAsFactors = FALSE
)
emit(Map(function(n, kind) {
  changes <- values_of(kind, n)
  x <- round(changes, 9)
  x <- x[x != 0]
  exact <- length(x) <= 50
  test <- if (length(x) > 0) suppressWarnings(wilcox.test(x, exact = exact, correct = TRUE))
  # an upper tail is 1 - lower in wilcox.test, which leaves few digits of a small p: its mirror image has them all
  mirrored <- if (length(x) > 12) suppressWarnings(wilcox.test(-x, exact = exact, correct = TRUE))
  p <- if (length(x) == 0) NA else if (length(x) <= 12) enumerate(x)
    else if (mirrored$statistic < test$statistic) mirrored$p.value else test$p.value
  obj(
    changes = given(changes), nNonZero = num(length(x)), method = str(if (exact) "exact" else "normal"),
    v = num(attempt(test$statistic)), pTwoSided = num(p)
  )
}, cases$n, cases$kind))
