# Tails and quantiles of Student's t and the normal. Run in this folder: Rscript distributions.R > distributions.json
source("json.R")
df <- c(1, 1.3, 2, 2.94, 5, 8, 8.5, 29, 43, 79.7, 150, 403, 1500, 9999)
t <- c(0, 1e-8, 9e-5, 1.1e-4, 1e-3, 0.1, 0.5, 1, 1.96, 2.306, 3.5, 5, 8, 11.58, 20, 60)
z <- c(0, 1e-9, 1e-4, 0.01, 0.5, 1, 1.959963984540054, 2.5, 4, 6, 8, 12, 20, 35)
emit(c(
  list(obj(z975 = num(qnorm(0.975)), z = nums(z), pTwoSided = nums(2 * pnorm(-z)))),
  lapply(df, function(v) obj(df = num(v), t975 = num(qt(0.975, v)), t = nums(t), pTwoSided = nums(2 * pt(-t, v))))
))
