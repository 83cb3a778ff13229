internal import Canvas
internal import Dashboard
internal import Domain
internal import Filter
internal import TOML

extension AlarmRule {
    /// Reads one `[[notify]]`; nil when it can't do what was meant, and then there is a complaint.
    init?(_ values: SettingValues, _ words: WallboardWords, reader: inout SchemaReader) {
        guard values.faults.isEmpty else { return nil }
        self.init()
        let alerts = words.resources?.filter { $0.tally == .alerts } ?? []
        if let text = values.text("filter") {
            switch FilterExpression.parse(
                text, FilterVocabulary(alerts, backends: words.backends, isStrict: true))
            {
            case .finished(let expression): filter = expression
            case .unfinished(let remark), .failed(let remark):
                reader.complain(
                    .error, at: values.position(of: "filter", text, remark.column),
                    "column \(remark.column + 1) of the filter: \(remark.words)")
                return nil
            }
        }
        let named = values.list("events").compactMap(Transition.Event.init)
        if values.holds("events") {
            guard !named.isEmpty else {
                reader.complain(
                    .error, at: values.position(of: "events"), "events is empty: nothing would ever be told")
                return nil
            }
            events = Set(named)
        }
        rings = values.flag("bell") ?? false
        notification = values.text("notification").flatMap(NotificationForm.init)
        let program = values.list("command")
        command = program.isEmpty ? nil : program
        if let text = values.text("quiet") {
            let times = text.split(separator: "-").map { Duration.minuteOfDay(String($0)) }
            guard times.count == 2, let from = times[0], let to = times[1], from != to else {
                reader.complain(
                    .error, at: values.position(of: "quiet"),
                    "quiet is two different times of the day such as \"22:00-06:00\"")
                return nil
            }
            quiet = HoursOfDay(from: from, to: to)
        }
        damping = (
            values.number("damping").map { Int($0) } ?? damping.limit,
            values.number("damping_time") ?? damping.window
        )
        if !rings, notification == nil, command == nil {
            reader.complain(
                .warning, at: values.position,
                "[[notify]] does nothing: it needs bell = true, a notification or a command")
        }
    }
}
