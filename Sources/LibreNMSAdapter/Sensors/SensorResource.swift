internal import Domain
internal import JSON

extension ResourceDescriptor {
    /// What all devices measure, with the limits: `GET /resources/sensors`, all of it in one answer.
    ///
    /// Nothing counts it and a large network has very many, so it is read while it is on the screen.
    static let sensor = ResourceDescriptor(
        .sensor, plural: "sensors", pane: "sensors",
        fields: [
            Field(.status, "Status", .severity, width: 4...11, priority: 0, decides: true),
            Field(.device, "Device", .ref(.device), width: 12...30, priority: 0),
            Field(.name, "Sensor", .text, width: 10...32, priority: 0),
            Field("class", "Class", .word, width: 5...12, priority: 2),
            Field("value", "Value", .number, width: 6...10, priority: 1),
            Field("unit", "Unit", .word, width: 3...4, priority: 2),
            Field("limit_low", "Low", .number, width: 5...8, priority: 3),
            Field("limit", "High", .number, width: 5...8, priority: 3),
            Field("limit_low_warn", "Warn low", .number, width: 5...8, priority: 6),
            Field("limit_warn", "Warn high", .number, width: 5...9, priority: 6),
            Field("previous", "Before", .number, width: 6...10, priority: nil),
            Field(.lastPolled, "Polled", .time, width: 6...8, priority: 4),
            Field("alerts", "Alerts", .flag, width: 3...6, priority: nil),
            Field("type", "Type", .word, width: 6...16, priority: nil),
        ],
        interval: 120, order: [SortKey(.status, descending: true), SortKey(.device), SortKey(.name)],
        isOnDemand: true)
}

/// How a value stands to its limits.
///
/// A value at its limit is not beyond it, as in the rule that servers come with.
struct SensorJudgement: Equatable {
    /// Limits as the server gives them; nil for those that it gives none of.
    struct Limits: Equatable {
        var low: Double?
        var high: Double?
    }

    var value: Double?
    /// Beyond these it is critical.
    var limits = Limits()
    /// Beyond these it is a warning.
    var warning = Limits()

    /// The word: of a severity, or that there is nothing to judge by.
    var word: String {
        guard let value else { return Severity.unknown.word }
        if limits.isBeyond(value) { return Severity.critical.word }
        if warning.isBeyond(value) { return Severity.warning.word }
        return limits.isEmpty && warning.isEmpty ? "no limits" : Severity.ok.word
    }
}

extension SensorJudgement.Limits {
    var isEmpty: Bool { low == nil && high == nil }

    func isBeyond(_ value: Double) -> Bool {
        (high.map { value > $0 } ?? false) || (low.map { value < $0 } ?? false)
    }
}

extension SensorJudgement {
    /// Judges a row; nil where it lacks the value or a limit, or has something else there than a number or null.
    init?(_ number: (String) -> Double??) {
        guard let value = number("sensor_current"), let high = number("sensor_limit"),
            let low = number("sensor_limit_low"), let highWarning = number("sensor_limit_warn"),
            let lowWarning = number("sensor_limit_low_warn")
        else { return nil }
        self.init(
            value: value, limits: Limits(low: low, high: high),
            warning: Limits(low: lowWarning, high: highWarning))
    }
}

/// The units of the classes of sensors that have one.
enum SensorUnit {
    static let byClass = [
        "temperature": "°C", "voltage": "V", "current": "A", "power": "W", "dbm": "dBm", "fanspeed": "rpm",
        "humidity": "%", "frequency": "Hz", "load": "%", "charge": "%", "runtime": "min", "signal": "dBm",
        "snr": "dB", "airflow": "cfm", "pressure": "kPa", "power_consumed": "kWh", "cooling": "W",
        "delay": "s", "waterflow": "l/m", "percent": "%", "tv_signal": "dBmV", "bitrate": "bps",
        "power_factor": "", "quality_factor": "dB", "chromatic_dispersion": "ps/nm", "ber": "",
        "eer": "", "count": "", "state": "", "loss": "%",
    ]
}
