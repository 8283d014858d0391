// The program `convoscope`: one subcommand a file. Exit code 0, or 2 with one line on standard
// error.

#include <cstdio>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/commands.h"

namespace convoscope::cli {
namespace {

struct Subcommand {
    const char* name;
    Status (*run)(Arguments&);
    std::vector<std::string> flags;
    std::vector<std::string> options;
};

const std::vector<Subcommand>& subcommands() {
    static const std::vector<Subcommand> kList = {
        {"summary", summary_command, {"--json"}, {}},
        {"run",
         run_command,
         {"--train", "--grad"},
         {"--weights", "--input", "--out", "--loss", "--label-smoothing"}},
        {"train",
         train_command,
         {},
         {"--data",
          "--epochs",
          "--steps",
          "--batch",
          "--optimizer",
          "--lr",
          "--momentum",
          "--weight-decay",
          "--schedule",
          "--step-size",
          "--gamma",
          "--clip-norm",
          "--clip-value",
          "--loss",
          "--label-smoothing",
          "--init",
          "--patience",
          "--resume",
          "--checkpoint-out",
          "--pause-after",
          "--augment",
          "--seed",
          "--threads",
          "--weights",
          "--out",
          "--log",
          "--validation",
          "--preprocess",
          "--training-images",
          "--label-noise"}},
        {"evaluate",
         evaluate_command,
         {"--json"},
         {"--weights", "--data", "--threads", "--preprocess", "--seed", "--validation"}},
        {"export", export_command, {}, {"--weights", "--to", "--out"}},
        {"bench", bench_command, {"--json"}, {"--nets", "--batch", "--threads"}}};
    return kList;
}

Status run_program(const std::vector<std::string>& words) {
    std::string names;
    for (const Subcommand& subcommand : subcommands()) {
        if (!words.empty() && words.front() == subcommand.name) {
            Result<Arguments> arguments = Arguments::parse(
                {words.begin() + 1, words.end()}, subcommand.flags, subcommand.options);
            return arguments ? subcommand.run(*arguments) : Status(arguments.error());
        }
        names += (names.empty() ? "" : ", ") + std::string(subcommand.name);
    }
    const std::string given =
        words.empty() ? "no subcommand" : "unknown subcommand \"" + words.front() + "\"";
    return Error{given + "; expected one of " + names};
}

}  // namespace
}  // namespace convoscope::cli

int main(int count, char** words) {
    const convoscope::Status status = convoscope::cli::run_program({words + 1, words + count});
    if (!status) {
        std::fprintf(stderr, "convoscope: %s\n", status.error().message.c_str());
        return 2;
    }
    return 0;
}
