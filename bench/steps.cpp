// `convoscope bench` as a program of its own: without files, so that a browser runs it too.
// usage: steps [--nets a,b] [--batch B] [--threads T] [--json]

#include <cstdio>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/commands.h"

int main(int argument_count, char** arguments) {
    using namespace convoscope;
    const std::vector<std::string> words(arguments + 1, arguments + argument_count);
    Result<cli::Arguments> parsed =
        cli::Arguments::parse(words, {"--json"}, {"--nets", "--batch", "--threads"});
    const Status status = parsed ? cli::bench_command(*parsed) : Status(parsed.error());
    if (!status) {
        std::fprintf(stderr, "steps: %s\n", status.error().message.c_str());
        return 2;
    }
    return 0;
}
