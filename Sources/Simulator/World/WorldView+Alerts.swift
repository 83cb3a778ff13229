import Synchronization

extension WorldView {
    /// Every alert of this server, the cleared ones too, by device and rule.
    var alerts: [Alert] {
        let context = Context(self)
        var alerts = deviceIndices.flatMap { index in
            life.stories(of: index, at: tick, silentSince: context.silentSince)
                .map { alert(of: index, $0.rule.id, $0.story, context) }
        }
        if world.hasOddities { alerts += oddAlerts(context) }
        return alerts.sorted { $0.id < $1.id }
    }

    /// An alert by its number.
    func alert(_ id: Int) -> Alert? {
        let index = (id - 1) / AlertRule.numbersPerDevice
        guard id > 0, network.devices.indices.contains(index), watches(index)
        else {
            return nil
        }
        let context = Context(self)
        guard !network.devices[index].isOdd else { return oddAlerts(context).first { $0.id == id } }
        let number = id - index * AlertRule.numbersPerDevice
        guard let rule = AlertRule.all.first(where: { $0.id == number }),
            let story = life.story(of: rule, at: index, min(tick, context.silentSince[number] ?? tick))
        else { return nil }
        return alert(of: index, number, story, context)
    }

    /// Alerts that are always there: one on a device of odd words, one of a rule that is gone.
    private func oddAlerts(_ context: Context) -> [Alert] {
        deviceIndices.filter { network.devices[$0].isOdd }.compactMap { index in
            let story = AlertStory(since: -3_600, isOpen: true, changedAt: -3_600, state: .active)
            switch network.devices[index].hostname {
            case "control-chars.example.net":
                return alert(of: index, AlertRule.odd.id, story, context)
            case "utf8-names.example.net":
                return alert(of: index, AlertRule.goneRule, story, context)
            default: return nil
            }
        }
    }

    /// What people have done, read once for many alerts.
    private struct Context {
        let notes: [Int: AlertChanges.Note]
        let rules: [Int: AlertRule]
        let silentSince: [Int: Int]

        init(_ view: WorldView) {
            notes = view.world.alertChanges.withLock { $0.notes }
            let book = view.rulebook
            rules = book.byID
            silentSince = book.silentSince
        }
    }

    private func alert(of index: Int, _ ruleID: Int, _ story: AlertStory, _ context: Context) -> Alert {
        let rule = context.rules[ruleID]
        let id = index * AlertRule.numbersPerDevice + ruleID
        var note = context.notes[id] ?? colleague(on: id, story)
        if let known = note, known.since != story.since { note = colleague(on: id, story) }
        guard let note else {
            return Alert(
                id: id, device: network.devices[index], ruleID: ruleID, rule: rule, state: story.state,
                story: story, touchedAt: nil, note: "", untilClear: .never)
        }
        // What was acknowledged comes back when it gets worse, unless it was to be quiet until it clears.
        let comesBack =
            story.isOpen && story.changedAt > note.at
            && (note.state != .acknowledged || story.state == .worse && note.untilClear != .yes)
        return Alert(
            id: id, device: network.devices[index], ruleID: ruleID, rule: rule,
            state: comesBack ? story.state : note.state, story: story, touchedAt: note.at, note: note.text,
            untilClear: note.untilClear)
    }

    /// What somebody of the team did to an alert that has been open for some minutes.
    private func colleague(on id: Int, _ story: AlertStory) -> AlertChanges.Note? {
        let noise = network.noise
        guard story.isOpen, noise.chance(300, .acknowledgement, id, story.since) else { return nil }
        let at = story.since + noise.pick(240...2_400, .acknowledgement, id, story.since &+ 1)
        guard at <= tick else { return nil }
        let name = noise.pick(["jk", "maria", "noc", "tom"], .words, id, story.since)
        let words = noise.pick(Self.remarks, .words, id, story.since &+ 1)
        return AlertChanges.Note(
            since: story.since, at: at, state: .acknowledged,
            text: "\(Moment(time(at)).mailText) +0000 - Ack (\(name)) \(words)",
            untilClear: noise.chance(500, .words, id, story.since &+ 2) ? .yes : .no)
    }

    private static let remarks = [
        "carrier ticket open, splice team on the way", "customer moved out, waiting for the port to be freed",
        "looking at it", "power works at the site until 06:00", "RMA requested – Jürgen", "known, see wiki",
        "", "called the customer, their side", "optics ordered",
    ]

    // MARK: What people do

    /// Notes what somebody did to an alert; false when there is no such alert.
    ///
    /// Servers check no state: an alert that has cleared is acknowledged all the same.
    @discardableResult
    func touch(
        _ id: Int, state: AlertStory.State, untilClear: AlertChanges.UntilClear,
        text: (_ earlier: String) -> String
    ) -> Bool {
        guard let alert = alert(id) else { return false }
        let note = AlertChanges.Note(
            since: alert.story.since, at: tick, state: state, text: text(alert.note), untilClear: untilClear)
        world.alertChanges.withLock { $0.notes[id] = note }
        return true
    }
}
