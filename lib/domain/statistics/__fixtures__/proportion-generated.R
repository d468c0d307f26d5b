# 240 generated proportions, n up to 10,000: Wilson and Clopper-Pearson. Rscript proportion-generated.R > proportion-generated.json
source("json.R")
source("generate.R")
set.seed(20260106)
emit(lapply(sizes_of_trials, function(size) {
  x <- counts_of(size)
  obj(
    k = num(x[1]), n = num(x[2]),
    wilson = nums(suppressWarnings(prop.test(x[1], x[2], correct = FALSE)$conf.int)),
    clopperPearson = nums(binom.test(x[1], x[2])$conf.int)
  )
}))
