#include "tests/bench/promises.h"

#include "absl/strings/str_format.h"

namespace quoth {

double Goodput(const Tally& closed, const Tally& open) {
  return closed.answered > 0 ? open.per_second() / closed.per_second() : 0;
}

std::vector<std::string> BrokenPromises(const Promises& promises,
                                        const Tally& closed, const Tally& open,
                                        absl::Duration recovery) {
  std::vector<std::string> broken;
  if (const double goodput = Goodput(closed, open);
      goodput < promises.min_goodput) {
    broken.push_back(
        absl::StrFormat("goodput was %.0f %% of the capacity, not %.0f",
                        100 * goodput, 100 * promises.min_goodput));
  }
  if (const absl::Duration p99 =
          absl::Seconds(Quantile(open.answered_seconds, 0.99));
      p99 > promises.max_p99) {
    broken.push_back(absl::StrFormat("the 99th percentile was %.2f s, not %.2f",
                                     absl::ToDoubleSeconds(p99),
                                     absl::ToDoubleSeconds(promises.max_p99)));
  }
  if (recovery > promises.max_recovery) {
    broken.push_back(
        absl::StrFormat("a lone call was slow for %.2f s after the load, not "
                        "%.2f",
                        absl::ToDoubleSeconds(recovery),
                        absl::ToDoubleSeconds(promises.max_recovery)));
  }
  return broken;
}

}  // namespace quoth
