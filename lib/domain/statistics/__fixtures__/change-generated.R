# 240 generated groups with baseline and change: paired t, d_z, paired g, Glass's delta.
# Rscript change-generated.R > change-generated.json
source("json.R")
source("generate.R")
set.seed(20260102)
cases <- expand.grid(n = c(1, 2, 3, 4, 5, 7, 9, 12, 20, 45), kind = kinds, repeated = 1:3, stringsAsFactors = FALSE)
emit(Map(function(n, kind) {
  change <- values_of(kind, n)
  baseline <- values_of(sample(c("ties", "eighths", "skewed", "offset", "constant"), 1), n)
  t <- tryCatch(t.test(change), error = function(e) NULL)
  dz <- if (is.null(t)) NA else mean(change) / sd(change)
  varies <- length(unique(baseline)) > 1
  obj(
    baseline = given(baseline), change = given(change),
    t = num(attempt(t$statistic)), df = num(attempt(t$parameter)), pTwoSided = num(attempt(t$p.value)),
    dz = num(dz), hedgesGPaired = num(dz * (1 - 3 / (4 * (n - 1) - 1))),
    glassDelta = num(if (varies) mean(change) / sd(baseline) else NA)
  )
}, cases$n, cases$kind))
