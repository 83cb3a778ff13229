internal import Canvas
internal import Domain

extension Handoff {
    /// The whole as Markdown, line by line.
    ///
    /// - Parameter zone: seconds that local time is east of UTC; the moments say it.
    public func markdown(zone: Int) -> [String] { HandoffMarkdown(handoff: self, zone: zone).lines }
}

private struct HandoffMarkdown {
    let handoff: Handoff
    let zone: Int

    var lines: [String] {
        var lines = ["# Handoff \(date(handoff.since)) to \(date(handoff.until)) (\(offset))", ""]
        for remark in handoff.remarks { lines.append("> \(Self.escaped(remark))") }
        if !handoff.remarks.isEmpty { lines.append("") }
        let known = handoff.known
        lines += section("Open", handoff.open, known.alerts, empty: "Nothing is open.", problem)
        lines += section("Acknowledged", handoff.acknowledged, known.alerts, empty: nil, problem)
        lines += section("Claimed", handoff.claimed, true, empty: nil, problem)
        lines += section("Snoozed here", handoff.snoozed, true, empty: nil, problem)
        lines += section("Done", handoff.done, known.commands, empty: "No command was sent.", deed)
        lines += section("Recovered", handoff.recovered, known.history, empty: nil, recovery)
        lines += section("Servers that were lost", handoff.lost, known.history, empty: nil, loss)
        return lines.dropLast()
    }

    /// So many lines have room in one part: nobody reads more.
    private static let most = 200

    /// - Parameters:
    ///   - isKnown: whether there are no others.
    ///   - empty: what is said of none; nil leaves the part out.
    private func section<Part>(
        _ title: String, _ parts: [Part], _ isKnown: Bool, empty: String?, _ line: (Part) -> String
    ) -> [String] {
        guard !parts.isEmpty || empty != nil else { return [] }
        let more = isKnown ? "" : "+?"
        let count = parts.isEmpty ? "" : " (\(Quantity.count(parts.count))\(more))"
        let lines =
            parts.isEmpty
            ? [isKnown ? empty ?? "" : "Not known: see above."]
            : parts.prefix(Self.most).map { "- \(line($0))" }
        let rest = parts.count - Self.most
        let others = rest > 0 ? ["- … and \(Quantity.count(rest)) more"] : []
        return ["## \(title)\(count)", ""] + lines + others + [""]
    }

    private func problem(_ item: Handoff.Item) -> String {
        var parts = [head(item)]
        if let since = item.since { parts.append("since \(clock(since)) (\(age(since)))") }
        let state = AlertState(rawValue: item.state)
        if state != .open, state != .acknowledged, !item.state.isEmpty {
            parts.append(Self.escaped(item.state))
        }
        if !item.end.isEmpty { parts.append(item.end) }
        if !item.owner.isEmpty { parts.append("by \(Self.escaped(item.owner))") }
        if !item.impact.isEmpty { parts.append("impact: \(Self.escaped(item.impact))") }
        if !item.note.isEmpty { parts.append(Self.escaped(item.note)) }
        return parts.joined(separator: " · ")
    }

    private func recovery(_ item: Handoff.Item) -> String {
        var parts = [head(item)]
        if let ended = item.since { parts.append("over \(item.isAtMost ? "by" : "at") \(clock(ended))") }
        if let seconds = item.seconds {
            parts.append("after \(item.isAtMost ? "at most " : "")\(Quantity.duration(seconds))")
        }
        if item.times > 1 { parts.append("\(Quantity.count(item.times)) times") }
        if !item.note.isEmpty { parts.append(Self.escaped(item.note)) }
        return parts.joined(separator: " · ")
    }

    private func loss(_ item: Handoff.Item) -> String {
        let name = "**\(Self.escaped(item.name))**"
        let isLost = item.state == Handoff.lost
        guard let since = item.since else {
            return isLost
                ? "\(name) does not answer; since when is not recorded"
                : "\(name) lost before \(clock(handoff.since)), \(item.end)"
        }
        let length =
            item.seconds.map { "for \(Quantity.duration($0))" }
            ?? (isLost ? "and not heard of since" : "; when it came back is not known")
        return "\(name) lost at \(clock(since)) \(length)".replacing(" ;", with: ";")
    }

    private func deed(_ deed: Handoff.Deed) -> String {
        let targets = Self.escaped(deed.targets.joined(separator: ", "))
        let words = deed.words.isEmpty ? "" : ": \(Self.escaped(deed.words.joined(separator: "; ")))"
        return "\(clock(deed.time)) **\(Self.escaped(deed.what))** \(targets) by \(Self.escaped(deed.who)) · "
            + "\(deed.result)\(words)"
    }

    private func head(_ item: Handoff.Item) -> String {
        let name =
            item.device.isEmpty || item.name.hasPrefix(item.device)
            ? item.name : "\(item.device): \(item.name)"
        let severity = item.severity == .unknown ? "" : "**\(item.severity.word)** "
        return "\(severity)\(Self.escaped(name)) (\(Self.escaped(item.entity.backend)))"
    }

    // MARK: Moments

    private func age(_ moment: Timestamp) -> String {
        Quantity.age(max(0, handoff.until.seconds.subtractingClamped(moment.seconds)))
    }

    private func clock(_ moment: Timestamp) -> String { State.clock(moment, handoff.until, zone) }

    private func date(_ moment: Timestamp) -> String {
        String(CivilTime.fields(moment, offset: zone).text.dropLast(3))
    }

    private var offset: String {
        let minutes = abs(zone) / 60
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return zone == 0 ? "UTC" : "UTC\(zone < 0 ? "-" : "+")\(two(minutes / 60)):\(two(minutes % 60))"
    }

    /// A text on one line that no renderer takes for markup: servers said it.
    static func escaped(_ text: String) -> String {
        CleanText.oneLine(text).reduce(into: "") { result, letter in
            if "\\|`*_<[#".contains(letter) { result.append("\\") }
            result.append(letter)
        }
    }
}
