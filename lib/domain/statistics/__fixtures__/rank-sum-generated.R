# 240 generated rank-sum tests; two-sided p = P(|W - E W| >= |w - E W|). Up to 14 values by all draws of the first arm;
# above, without ties wilcox.test, with ties both tails of R's own conditional distribution (see rank-sum.R).
# Rscript rank-sum-generated.R > rank-sum-generated.json
source("json.R")
source("generate.R")
set.seed(20260104)
draws <- list()
enumerate <- function(r, n1) {
  key <- paste(length(r), n1)
  if (is.null(draws[[key]])) draws[[key]] <<- combn(length(r), n1)
  w <- colSums(matrix(r[draws[[key]]], n1))
  mean(abs(w - n1 * mean(r)) >= abs(sum(r[1:n1]) - n1 * mean(r)) - 1e-9)
}
both_tails <- function(r, n1, n2) {
  distance <- abs(sum(r[1:n1]) - n1 * (n1 + 1) / 2 - n1 * n2 / 2)
  if (distance == 0) return(1)
  p <- get(".pwilcox", asNamespace("stats"))
  p(n1 * n2 / 2 - distance, n1, n2, r) + p(n1 * n2 / 2 - distance, n1, n2, n1 + n2 + 1 - r)
}
sizes <- list(
  c(1, 1), c(1, 2), c(2, 1), c(2, 2), c(1, 7), c(3, 3), c(2, 8), c(4, 5), c(5, 5), c(6, 4), c(7, 3), c(6, 7), c(7, 7),
  c(9, 12), c(20, 15), c(50, 3), c(35, 50), c(51, 1), c(52, 30), c(60, 75)
)
cases <- expand.grid(size = seq_along(sizes), kind = kinds[c(1:5, 7)], repeated = 1:2, stringsAsFactors = FALSE)
emit(Map(function(size, kind) {
  n1 <- as.double(sizes[[size]][1])
  n2 <- as.double(sizes[[size]][2])
  first <- values_of(kind, n1)
  second <- if (kind == "constant") rep(first[1], n2) else values_of(kind, n2)
  x <- round(first, 9)
  y <- round(second, 9)
  exact <- max(n1, n2) <= 50
  test <- suppressWarnings(wilcox.test(x, y, exact = exact, correct = TRUE))
  r <- rank(c(x, y))
  p <- if (!exact) test$p.value
    else if (n1 + n2 <= 14) enumerate(r, n1)
    else if (anyDuplicated(r)) both_tails(r, n1, n2)
    else test$p.value
  obj(
    first = given(first), second = given(second), method = str(if (exact) "exact" else "normal"),
    w = num(test$statistic), pTwoSided = num(p)
  )
}, cases$size, cases$kind))
