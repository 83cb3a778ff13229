import Domain

/// Questions to the equipment itself: slow or a burden, so that only a key asks them.
extension State {
    /// Why the entity under the cursor, or the opened one, can't be asked itself; nil when it can.
    var reasonAgainstLive: String? {
        guard let entity = details.last?.entity ?? pane.cursor, let backend = backend(entity.backend) else {
            return "there is nothing here to ask"
        }
        if backend.liveKinds[entity.kind] == nil {
            return "\(backend.name) can't ask a \(entity.kind) itself"
        }
        if let words = backend.restWords { return "\(words); nothing is asked" }
        return details.last?.live?.isAsking == true ? "it is being asked; \(cancelKey) gives up" : nil
    }

    /// The key that gives a question up.
    private var cancelKey: String { keymap.spelling(of: .own(.back), in: [.detail, .global]) ?? "back" }

    /// Opens what is under the cursor and asks it.
    mutating func askLive() -> [Effect] {
        var effects: [Effect] = []
        if details.isEmpty { effects = open() }
        guard let index = details.indices.last else { return effects }
        let entity = details[index].entity
        let question = nextLive()
        let words = backend(entity.backend)?.liveKinds[entity.kind] ?? ""
        changeDetail(index) { [now] in $0.changeLive { $0.ask(question, words, now: now) } }
        // The answer comes at the top: that is where the eye should be.
        let lines = lines(of: details[index])
        moveFocus(to: lines.firstIndex(where: \.isField) ?? 0, of: lines)
        return effects + [.live(entity, question: question)]
    }

    /// Gives up what the opened entity is being asked; nil when it is asked nothing.
    mutating func cancelLive() -> [Effect]? {
        guard let index = details.indices.last, details[index].live?.isAsking == true else { return nil }
        changeDetail(index) { $0.changeLive { $0.cancel() } }
        showMessage(.plain, "no longer asking")
        return [.cancelLive(details[index].entity)]
    }

    /// Gives up what is asked of entities that are not open any more.
    func cancelLive(leaving earlier: [DetailState]) -> [Effect] {
        earlier.filter { old in
            old.live?.isAsking == true && !details.contains { $0.entity == old.entity }
        }.map { .cancelLive($0.entity) }
    }

    mutating func liveTold(_ entity: EntityRef, _ question: Int, _ words: String) {
        guard let index = asking(entity, question) else { return }
        details[index].changeLive { $0.progress(words) }
    }

    mutating func lived(
        _ entity: EntityRef, _ question: Int, _ result: Result<[Detail.Section], BackendError>
    ) {
        if case .failure(let error) = result { refused(entity.backend, by: error) }
        guard let index = asking(entity, question) else { return }
        changeDetail(index) { [now] in $0.changeLive { $0.answered(result, now: now) } }
    }

    private func asking(_ entity: EntityRef, _ question: Int) -> Int? {
        details.firstIndex {
            $0.entity == entity && $0.live?.number == question && $0.live?.isAsking == true
        }
    }

    /// What an opened entity was asked and said, above everything else about it.
    func liveLines(of opened: DetailState) -> [DetailLine] {
        guard let live = opened.live else { return [] }
        let age = live.answeredAt.map { " · answered \(SteppedAge.text(now - $0)) ago" } ?? ""
        var lines: [DetailLine] = [.heading("LIVE\(age)")]
        func add(_ name: String, _ words: String) {
            lines.append(.field(Detail.Line(name, .text(words))))
        }
        if let askedAt = live.askedAt {
            let age = isLowBandwidth ? SteppedAge.text(now - askedAt) : "\(Int(now - askedAt)) s"
            add("asking", "\(live.words) … \(age), \(cancelKey) gives up")
        }
        if let problem = live.problem { add("no answer", problem) }
        for section in live.sections where !section.lines.isEmpty {
            lines += [.blank, .heading("LIVE · \(section.title)\(age)")]
            lines += section.lines.map(DetailLine.field)
        }
        if live.answeredAt != nil, live.sections.allSatisfy({ $0.lines.isEmpty }) {
            add("", "it answered without saying anything")
        }
        // A heading above nothing but other headings says nothing.
        if lines.count > 1, !lines[1].isField { lines.removeFirst(2) }
        return lines
    }
}
