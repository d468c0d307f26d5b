# 240 generated pairs of proportions, n up to 10,000: Newcombe's method 10, from R's own Wilson interval of each arm,
# and Fisher's exact test. Rscript two-proportions-generated.R > two-proportions-generated.json
source("json.R")
source("generate.R")
set.seed(20260107)
wilson <- function(k, n) suppressWarnings(prop.test(k, n, correct = FALSE)$conf.int)
emit(lapply(sizes_of_trials, function(size) {
  first <- counts_of(size)
  second <- counts_of(size)
  p1 <- first[1] / first[2]
  p2 <- second[1] / second[2]
  a <- wilson(first[1], first[2])
  b <- wilson(second[1], second[2])
  ends <- p1 - p2 + c(-1, 1) * sqrt(c((p1 - a[1])^2 + (b[2] - p2)^2, (a[2] - p1)^2 + (p2 - b[1])^2))
  table <- rbind(c(first[1], first[2] - first[1]), c(second[1], second[2] - second[1]))
  obj(
    k1 = num(first[1]), n1 = num(first[2]), k2 = num(second[1]), n2 = num(second[2]), riskDifference = num(p1 - p2),
    newcombe = nums(ends), fisher = num(fisher.test(table, conf.int = FALSE)$p.value)
  )
}))
