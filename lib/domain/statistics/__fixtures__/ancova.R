# 240 generated comparisons by lm(change ~ arm + baseline (+ stratum)): the coefficient of arm. Baselines are centred
# before lm, which changes nothing but spares it the offset. Where fewer participants than terms, or an arm that the
# other terms determine, lm would still name a coefficient of arm: there is no answer then.
# Rscript ancova.R > ancova.json
source("json.R")
source("generate.R")
set.seed(20260110)
cases <- expand.grid(n = c(2, 3, 4, 6, 7, 9, 11, 14, 20, 36), kind = kinds, strata = c(1, 2, 4), stringsAsFactors = FALSE)
emit(Map(function(n, kind, strata) {
  arm <- sample(c(1, 0, rbinom(n - 2, 1, 0.5)))
  baseline <- values_of(if (kind == "minute") "eighths" else kind, n)
  change <- if (kind == "constant") 2 * arm - 3 else if (kind == "skewed") round(-0.4 * baseline - 2 * arm + rnorm(n), 2) else values_of(kind, n)
  stratum <- sample(rep_len(letters[seq_len(strata)], n))
  terms <- data.frame(arm, baseline = baseline - mean(baseline), change, stratum = factor(stratum))
  fit <- lm(if (length(unique(stratum)) > 1) change ~ arm + baseline + stratum else change ~ arm + baseline, terms, x = TRUE)
  design <- fit$x
  estimable <- qr(design)$rank > qr(design[, colnames(design) != "arm"])$rank
  perfect <- sqrt(sum(residuals(fit)^2)) < 1e-12 * max(1, sqrt(sum(change^2)))
  tested <- estimable && fit$df.residual > 0 && !perfect
  row <- if (tested) summary(fit)$coefficients["arm", ] else rep(NA, 4)
  obj(
    arm = str(paste(arm, collapse = "")), stratum = str(paste(stratum, collapse = "")), baseline = given(baseline),
    change = given(change), difference = num(if (estimable) coef(fit)["arm"] else NA),
    ci = nums(if (tested) row[1] + c(-1, 1) * qt(0.975, fit$df.residual) * row[2] else c(NA, NA)), t = num(row[3]),
    df = num(if (tested) fit$df.residual else NA), pTwoSided = num(row[4]), standardError = num(if (tested) row[2] else NA)
  )
}, cases$n, cases$kind, cases$strata))
