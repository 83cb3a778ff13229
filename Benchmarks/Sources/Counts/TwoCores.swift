import CLinux
import Domain
import Filter

/// Arranges rows on one core and on two, by turns, and prints the least time of each: `Counts two-cores [ROWS]`.
///
/// What two cores save is time and no instructions; the least of many runs is what others on the machine disturbed least.
enum TwoCores {
    private static let runs = 9

    static func run() async {
        // As the program itself begins.
        clinux_memory_share()
        let count = CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 100_000
        let vocabulary = FilterVocabulary([Provider.port], backends: ["core"])
        let context = FilterContext(now: Provider.wall, backends: ["core"])
        for (name, filter, order) in [
            ("a text, first", "", [SortKey("alias")]), ("a number", "", [SortKey("in_bps")]),
            ("a device, then a number", "", [SortKey(.device), SortKey("in_bps")]),
            ("a word", "core", []), ("a pattern", "/gi.*0/(3|4).*/", []),
        ] as [(String, String, [SortKey])] {
            let expression = FilterExpression.parse(filter, vocabulary).expression ?? .everything
            var (one, two) = (Double.infinity, Double.infinity)
            for _ in 0..<runs {
                // Each with a table of its own: what is kept of one does not serve the other. Texts are folded before.
                let requests = (0..<2).map { _ in
                    Arrangement.Request(
                        tables: [Provider.ports(0..<count)], filter: expression, order: order,
                        context: context)
                }
                if !filter.isEmpty { for request in requests { _ = request.tables[0].folded } }
                let start = ContinuousClock.now
                let plain = Arrangement.make(requests[0])
                let middle = ContinuousClock.now
                let halved = await Arrangement.makeOnTwoCores(requests[1])
                two = min(two, (ContinuousClock.now - middle) / .milliseconds(1))
                one = min(one, (middle - start) / .milliseconds(1))
                if plain?.rows != halved.rows { print("other rows by \(name)") }
            }
            print("\(name)\t\(tenths(one)) ms on one core\t\(tenths(two)) ms on two")
        }
    }

    private static func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}
