# 240 generated samples: mean, SD, t interval, quantiles of type 7. Rscript describe-generated.R > describe-generated.json
source("json.R")
source("generate.R")
set.seed(20260101)
cases <- expand.grid(n = c(1, 2, 3, 4, 5, 7, 9, 12, 20, 45), kind = kinds, repeated = 1:3, stringsAsFactors = FALSE)
emit(Map(function(n, kind) {
  x <- values_of(kind, n)
  p <- c(0.25, 0.5, 0.75, sample(0:100, 1) / 100)
  obj(
    values = given(x), mean = num(mean(x)), sdSample = num(sd(x)), ci = nums(attempt(t.test(x)$conf.int, 2)),
    p = given(p), quantiles = nums(quantile(x, p, type = 7, names = FALSE))
  )
}, cases$n, cases$kind))
