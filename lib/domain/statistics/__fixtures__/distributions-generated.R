# 240 generated points of Student's t and the normal distribution. Rscript distributions-generated.R > distributions-generated.json
source("json.R")
source("generate.R")
set.seed(20260108)
emit(lapply(1:240, function(i) {
  df <- if (i %% 3 == 0) round(1 + rexp(1, 0.1), 3) else sample(c(1:12, 20:60, 403, 9998), 1)
  t <- round(c(rexp(1, 1), rexp(1, 0.2), 10^-sample(2:9, 1) * runif(1))[1 + i %% 3], 12)
  obj(
    df = num(df), t = num(t), t975 = num(qt(0.975, df)), pTwoSided = num(2 * pt(-t, df)),
    pNormal = num(2 * pnorm(-t))
  )
}))
