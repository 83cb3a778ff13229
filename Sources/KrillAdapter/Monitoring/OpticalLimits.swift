internal import Domain
internal import JSON

/// Between which powers light is well, in dBm; sites differ, so the server's own limits replace the usual ones.
struct OpticalLimits: Sendable, Equatable {
    /// Too little, little, much, too much.
    struct Band: Sendable, Equatable {
        var lowCritical: Double
        var lowWarning: Double
        var highWarning: Double
        var highCritical: Double
    }

    /// What the ONT receives.
    var downstream: Band
    /// What the OLT receives of it.
    var upstream: Band

    /// Krill's own defaults.
    static let usual = OpticalLimits(
        downstream: Band(lowCritical: -29, lowWarning: -27, highWarning: -11, highCritical: -8),
        upstream: Band(lowCritical: -32, lowWarning: -30, highWarning: -12, highCritical: -9))

    /// The band of a metric; nil where none is known.
    subscript(metric: String) -> Band? {
        switch metric {
        case "dnrx": downstream
        case "uprx": upstream
        default: nil
        }
    }

    /// Takes what a live answer says: four numbers in the order of the scale.
    mutating func take(_ thresholds: JSONValue?, of metric: String) {
        guard let numbers = thresholds?.array?.compactMap({ $0.double }), numbers.count == 4,
            numbers == numbers.sorted()
        else { return }
        let band = Band(
            lowCritical: numbers[0], lowWarning: numbers[1], highWarning: numbers[2], highCritical: numbers[3]
        )
        if metric == "dnrx" { downstream = band } else if metric == "uprx" { upstream = band }
    }
}

extension OpticalLimits.Band {
    /// How a power is, and the same in words with the limit that says so.
    func judge(_ power: Double) -> (severity: Severity, words: String) {
        func limit(_ number: Double) -> String { "\(Quantity.number(number)) dBm" }
        if power < lowCritical { return (.critical, "too little light, below \(limit(lowCritical))") }
        if power < lowWarning { return (.warning, "little light, below \(limit(lowWarning))") }
        if power > highCritical { return (.critical, "too much light, above \(limit(highCritical))") }
        if power > highWarning { return (.warning, "much light, above \(limit(highWarning))") }
        return (.ok, "fine, within \(limit(lowWarning)) and \(limit(highWarning))")
    }
}
