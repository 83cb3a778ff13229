internal import Canvas

/// A report of the mouse, taken character by character.
struct MouseReport {
    /// How the terminal writes it.
    enum Form {
        /// `0;12;5M`, the SGR form.
        case numbers
        /// Three characters, of terminals that know no other form.
        case bytes
    }

    /// What was reported, complete.
    struct Event: Hashable {
        var mouse: Mouse
        var x: Int
        var y: Int
    }

    private let form: Form
    private var text: [Unicode.Scalar] = []
    private var isComplete = false

    init(_ form: Form) { self.form = form }

    /// Takes a character; false when it can't belong to a report.
    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        text.append(scalar)
        switch form {
        case .bytes:
            isComplete = text.count == 3
            return scalar.value >= 32
        case .numbers:
            isComplete = scalar == "M" || scalar == "m"
            return text.count <= 24 && (isComplete || ("0"..."9").contains(scalar) || scalar == ";")
        }
    }

    /// Nil until it is complete; an empty list for one that means nothing here, such as a release.
    var event: [Event]? {
        guard isComplete else { return nil }
        var numbers: [Int]
        switch form {
        case .bytes: numbers = text.map { Int($0.value) - 32 }
        case .numbers:
            guard text.last == "M" else { return [] }
            numbers = String(String.UnicodeScalarView(text.dropLast())).split(separator: ";")
                .map { Int($0) ?? -1 }
        }
        guard numbers.count == 3, numbers[1] > 0, numbers[2] > 0 else { return [] }
        // Shift, Alt and Control do not matter; bit 5 would be a movement.
        let mouse: Mouse? =
            switch numbers[0] & ~0b1_1100 {
            case 0: .click
            case 64: .wheelUp
            case 65: .wheelDown
            default: nil
            }
        return mouse.map { [Event(mouse: $0, x: numbers[1] - 1, y: numbers[2] - 1)] } ?? []
    }
}

/// Makes a double click of two clicks at one place in a short time.
struct ClickCounter {
    private var last: (event: MouseReport.Event, instant: Duration)?

    /// The input that a report stands for.
    mutating func count(_ events: [MouseReport.Event], at now: Duration) -> [Input] {
        events.map { event in
            guard event.mouse == .click else { return .mouse(event.mouse, x: event.x, y: event.y) }
            let isSecond = last.map { $0.event == event && now - $0.instant <= .milliseconds(400) } ?? false
            last = isSecond ? nil : (event, now)
            return .mouse(isSecond ? .doubleClick : .click, x: event.x, y: event.y)
        }
    }
}
