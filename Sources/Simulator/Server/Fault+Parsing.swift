/// Words that name no fault, with what to write instead.
public struct FaultError: Error, Equatable, CustomStringConvertible {
    /// What is wrong and what would be right.
    public let description: String
}

extension Fault {
    /// The faults as they are written, for help texts.
    public static let forms = [
        "latency=2s", "429=30", "status=503", "truncate", "drop", "hang", "bad-json", "html", "refuse-token",
    ]

    /// Reads a fault as the command line writes it: `latency=250ms`, `hang@/api/v0/ports`.
    ///
    /// - Throws: A `FaultError` that says what the words could have been.
    public init(parsing text: String) throws(FaultError) {
        let halves = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let prefix = halves.count > 1 ? String(halves[1]) : ""
        guard halves.count == 1 || prefix.hasPrefix("/") else {
            throw FaultError(
                description:
                    "fault '\(text)': after @ comes a path that begins with /, as in hang@/api/v0/ports")
        }
        let parts = (halves.first ?? "").split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let word = String(parts.first ?? "")
        let value = parts.count > 1 ? String(parts[1]) : nil
        self.init(try Self.kind(word, value, in: text), at: prefix)
    }

    private static func kind(_ word: String, _ value: String?, in text: String) throws(FaultError) -> Kind {
        switch word {
        case "latency":
            guard let value, let duration = duration(value) else {
                throw FaultError(
                    description:
                        "fault '\(text)': write a time with its unit, as in latency=2s or latency=250ms")
            }
            return .latency(duration)
        case "429":
            guard let seconds = value.map(Int.init) ?? 30, seconds >= 0 else {
                throw FaultError(
                    description: "fault '\(text)': write the seconds to wait as a number, as in 429=30")
            }
            return .tooMany(retryAfter: seconds)
        case "status":
            guard let status = value.flatMap({ Int($0) }), (300...599).contains(status) else {
                throw FaultError(
                    description: "fault '\(text)': write a status from 300 to 599, as in status=503")
            }
            return .status(status)
        default:
            guard let kind = plain[word] else {
                throw FaultError(
                    description:
                        "fault '\(text)' is not known; the faults are \(forms.joined(separator: ", "))"
                        + " (each may be followed by @/path)")
            }
            guard value == nil else {
                throw FaultError(description: "fault '\(text)': \(word) takes no value")
            }
            return kind
        }
    }

    private static let plain: [String: Kind] = [
        "truncate": .truncated, "drop": .dropped, "hang": .hang, "bad-json": .badJSON, "html": .html,
        "refuse-token": .refusedToken,
    ]

    private static func duration(_ text: String) -> Duration? {
        let units: [(String, Int)] = [("ms", 1), ("s", 1_000), ("m", 60_000)]
        guard let unit = units.first(where: { text.hasSuffix($0.0) }),
            let number = Int(text.dropLast(unit.0.count)), (0...86_400_000).contains(number)
        else { return nil }
        return .milliseconds(number * unit.1)
    }
}
