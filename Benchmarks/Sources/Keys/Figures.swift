/// What was measured of both programs; the median of each counts.
struct Figures {
    /// A ratio that moved by more than this is named.
    private static let tolerance = 0.15

    private var names: [String] = []
    private var samples: [String: [String: [Double]]] = [:]

    mutating func add(_ name: String, _ program: Watched, _ value: Double) {
        if samples[name] == nil { names.append(name) }
        samples[name, default: [:]][program.name, default: []].append(value)
    }

    private func median(_ name: String, _ program: String) -> Double {
        let sorted = (samples[name]?[program] ?? []).sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }

    /// How many times as much as the table in C; nil where that took nothing.
    private func ratio(_ name: String) -> Double? {
        let least = median(name, "C")
        return least > 0 ? median(name, "nocturne") / least : nil
    }

    func report() {
        print(Self.columns(["", "nocturne", "C", "ratio"]))
        for name in names {
            print(
                Self.columns([
                    name, Self.rounded(median(name, "nocturne")), Self.rounded(median(name, "C")),
                    ratio(name).map(Self.rounded) ?? "?",
                ]))
        }
    }

    /// The ratios as a file.
    var recorded: String {
        names.map { "\($0)\t\(ratio($0).map(Self.rounded) ?? "?")\n" }.joined()
    }

    /// Says which ratios are others than those that were written down.
    func compare(with file: String) {
        var isSame = true
        var known: [String: Double] = [:]
        for line in file.split(separator: "\n") {
            let fields = line.split(separator: "\t")
            if fields.count == 2 { known[String(fields[0])] = Double(fields[1]) }
        }
        for name in names {
            guard let before = known[name], let now = ratio(name), before > 0 else {
                print("not compared: \(name)")
                isSame = false
                continue
            }
            let moved = now / before - 1
            guard abs(moved) > Self.tolerance else { continue }
            isSame = false
            let percent = Int((abs(moved) * 100).rounded())
            print(
                "\(name): \(percent) % \(moved > 0 ? "more" : "less") than written down,"
                    + " \(Self.rounded(now)) times C instead of \(Self.rounded(before))")
        }
        if isSame { print("no ratio moved by more than 15 %") }
    }

    private static func rounded(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let rest = hundredths % 100
        return value >= 1_000
            ? "\(Int(value.rounded()))" : "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }

    private static func columns(_ fields: [String]) -> String {
        fields.enumerated().map { place, field in
            let width = place == 0 ? 34 : 12
            let blanks = String(repeating: " ", count: max(1, width - field.count))
            return place == 0 ? field + blanks : blanks + field
        }.joined()
    }
}
