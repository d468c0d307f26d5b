# Descriptions of one sample. Run in this folder: Rscript describe.R > describe.json
source("json.R")
set.seed(20220801)
samples <- list(
  "one value" = 4,
  "two values" = c(3, 8),
  "two equal values" = c(5, 5),
  "constant with a binary remainder" = rep(0.1, 7),
  "constant but for floating-point noise" = c(7 - 4.9, 8 - 5.9, 6 - 3.9),
  "baseline pain of the worked example" = c(6, 7, 5, 8, 6, 7, 4, 6, 7),
  "12-month pain of the worked example" = c(3, 2, 5, 4, 1, 7, 2, 5, 6),
  "all zero" = c(0, 0, 0, 0),
  "negative and tied" = c(-3, -5, 0, -4, -5, 0, -2, -1, -1),
  "disability scores with decimals" = c(32, 35.6, 42.2, 18, 64.4, 50, 0, 100, 35.6, 22.2),
  "small spread on a large level" = 1e6 + c(0.25, 0.5, 0.125, 0.75, 0.625),
  "quantile positions that are almost whole" = c(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024),
  "151 pain ratings" = round(pmin(10, pmax(0, rnorm(151, 4, 2)))),
  "1000 skewed values" = round(rexp(1000, 0.1), 3)
)
p <- c(0, 0.05, 0.1, 0.25, 0.3, 1 / 3, 0.5, 0.7, 0.75, 0.9, 1)
emit(Map(function(name, x) {
  ci <- attempt(t.test(x)$conf.int, 2)
  q <- quantile(x, c(0.25, 0.5, 0.75), type = 7, names = FALSE)
  obj(
    name = str(name), values = nums(x), n = num(length(x)), mean = num(mean(x)), sdSample = num(sd(x)),
    ciLower = num(ci[1]), ciUpper = num(ci[2]), q1 = num(q[1]), median = num(q[2]), q3 = num(q[3]),
    p = nums(p), quantiles = nums(quantile(x, p, type = 7, names = FALSE))
  )
}, names(samples), samples))
