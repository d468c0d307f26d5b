# 240 generated distributions of improvement with missing values, which lie below the worst one: ecdf and, at each step,
# Wilson's interval. Rscript cumulative-distribution.R > cumulative-distribution.json
source("json.R")
source("generate.R")
set.seed(20260112)
known <- list()
wilson <- function(k, n) {
  key <- paste(k, n)
  if (is.null(known[[key]])) known[[key]] <<- suppressWarnings(prop.test(k, n, correct = FALSE)$conf.int)
  known[[key]]
}
cases <- expand.grid(n = c(0, 1, 2, 3, 4, 6, 9, 14), missing = c(0, 1, 5), kind = rep(kinds, 2)[1:10], stringsAsFactors = FALSE)
cases <- cases[cases$n + cases$missing > 0, ]
emit(Map(function(n, missing, kind) {
  x <- values_of(kind, n)
  all <- c(rep(-Inf, missing), x)
  v <- sort(unique(x))
  at_most <- if (length(v)) ecdf(all)(v) else numeric()
  at_least <- vapply(v, function(t) mean(all >= t), 0)
  ends <- function(share) paste0("[", paste(vapply(share, function(s) nums(wilson(round(s * length(all)), length(all))), ""), collapse = ","), "]")
  obj(
    improvements = given(x), nMissing = num(missing), missing = nums(wilson(missing, n + missing)), at = given(v),
    atMost = nums(at_most), atMostCi = ends(at_most), atLeast = nums(at_least), atLeastCi = ends(at_least)
  )
}, cases$n, cases$missing, cases$kind))
