# Paired changes: t test and effect sizes. Run in this folder: Rscript change.R > change.json
source("json.R")
set.seed(20220802)
before <- round(pmin(100, pmax(0, rnorm(44, 40, 15))), 1)
pairs <- list(
  "worked example" = list(c(6, 7, 5, 8, 6, 7, 4, 6, 7), c(3, 2, 5, 4, 1, 7, 2, 5, 6)),
  "one pair" = list(6, 2),
  "two pairs" = list(c(6, 7), c(3, 2)),
  "nobody changes" = list(c(6, 7, 5), c(6, 7, 5)),
  "everybody changes alike" = list(c(6, 7, 5), c(4, 5, 3)),
  "everybody changes alike but for floating-point noise" = list(c(7, 8, 6), c(4.9, 5.9, 3.9)),
  "mean change of zero" = list(c(5, 5, 5, 5), c(3, 7, 4, 6)),
  "44 disability scores" = list(before, round(pmax(0, before + rnorm(44, -12, 14)), 1)),
  "a fall so regular that p is tiny" = list(rep(100, 60), 40 + (1:60) / 10),
  "hardly any change" = list(1:30, 1:30 + rep(c(-1, 1, 0), 10) + c(1e-6, rep(0, 29)))
)
emit(Map(function(name, pair) {
  change <- pair[[2]] - pair[[1]]
  t <- tryCatch(t.test(pair[[2]], pair[[1]], paired = TRUE), error = function(e) NULL)
  dz <- if (is.null(t)) NA else mean(change) / sd(change)
  obj(
    name = str(name), baseline = nums(pair[[1]]), visit = nums(pair[[2]]),
    mean = num(mean(change)), sdSample = num(sd(change)),
    t = num(attempt(t$statistic)), df = num(attempt(t$parameter)), pTwoSided = num(attempt(t$p.value)),
    dz = num(dz), hedgesGPaired = num(dz * (1 - 3 / (4 * (length(change) - 1) - 1)))
  )
}, names(pairs), pairs))
