internal import Canvas

/// What the mouse did, and at which cell.
struct MouseReport: Hashable {
    var mouse: Mouse
    var x: Int
    var y: Int

    /// Reads what a terminal counts from 1; nil for what means nothing here, such as a release or a movement.
    init?(button: Int, x: Int, y: Int) {
        guard x > 0, y > 0 else { return nil }
        // Shift, Alt and Control do not matter; bit 5 would be a movement.
        switch button & ~0b1_1100 {
        case 0: mouse = .click
        case 64: mouse = .wheelUp
        case 65: mouse = .wheelDown
        default: return nil
        }
        self.x = x - 1
        self.y = y - 1
    }

    /// The form of SGR, `CSI < 0;12;5 M` with `m` for a release, and that of urxvt, `CSI 32;12;5 M`.
    init?(_ sequence: ControlSequence) {
        guard sequence.final == UInt8(ascii: "M"), !sequence.hasIntermediates, sequence.parameters.count == 3,
            sequence.marker == nil || sequence.marker == UInt8(ascii: "<"), let button = sequence.number(0),
            let x = sequence.number(1), let y = sequence.number(2)
        else { return nil }
        self.init(button: sequence.marker == nil ? button - 32 : button, x: x, y: y)
    }

    /// The form of old terminals: three bytes behind `CSI M`, each 32 more than what it says.
    init?(_ bytes: [UInt8]) {
        guard bytes.count == 3 else { return nil }
        self.init(button: Int(bytes[0]) - 32, x: Int(bytes[1]) - 32, y: Int(bytes[2]) - 32)
    }
}

/// Makes a double click of two clicks at one place in a short time.
struct ClickCounter {
    private var last: (report: MouseReport, instant: Duration)?

    /// The input that a report stands for.
    mutating func count(_ report: MouseReport, at now: Duration) -> Input {
        guard report.mouse == .click else { return .mouse(report.mouse, x: report.x, y: report.y) }
        let isSecond = last.map { $0.report == report && now - $0.instant <= .milliseconds(400) } ?? false
        last = isSecond ? nil : (report, now)
        return .mouse(isSecond ? .doubleClick : .click, x: report.x, y: report.y)
    }
}
