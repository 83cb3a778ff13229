import Canvas
import Dashboard
import Domain

/// How fresh what is shown is: the servers, a heartbeat, the time; a banner when something can't be known.
struct WallboardStatus {
    let state: State
    let board: WallboardScreen
    let redactor: Redactor?

    func draw(in frame: inout Frame, _ line: Rect) {
        guard !line.isEmpty else { return }
        let right = choices.first { width($0) <= line.width / 2 } ?? choices[choices.count - 1]
        let end = frame.putRight(right, endingAt: line.maxX - 1, line.y)
        let signs = BackendSigns(
            backends: Array(state.backends), kinds: state.kindsInUse, now: state.now, role: .text,
            isLoud: true)
        let room = max(0, end - line.x - 1)
        frame.put(signs.pieces(width: room), line.x, line.y, width: room)
    }

    private func width(_ pieces: [Piece]) -> Int { pieces.reduce(0) { $0 + $1.width } }

    /// The page, the heartbeat and the time; less of it where there is less room.
    private var choices: [[Piece]] {
        let place = Piece("page \(board.index + 1)/\(board.pages.count)  ", .textMuted)
        let alone = state.team?.word.map { [Piece("\($0)  ", .freshStale)] } ?? []
        let paused = (board.isPaused ? [Piece("PAUSED  ", .match)] : []) + alone
        let fields = CivilTime.fields(state.wall, offset: state.zone)
        let time = Piece("\(fields.time.prefix(5)) ", .text)
        return [
            paused + [place] + heartbeat(5) + [Piece("  "), time, second],
            paused + heartbeat(5) + [Piece("  "), time, second],
            paused + heartbeat(1) + [Piece(" "), time, second],
            heartbeat(1) + [time, second], [second],
        ]
    }

    /// A point that goes on by one whenever data came.
    private func heartbeat(_ width: Int) -> [Piece] {
        let beat = board.watch.beat
        if width < 2 { return [Piece(beat % 2 == 0 ? "•" : "·", .text)] }
        let place = beat % width
        return [
            Piece(String(repeating: "·", count: place), .textMuted), Piece("•", .text),
            Piece(String(repeating: "·", count: width - place - 1), .textMuted),
        ]
    }

    /// The one cell that moves every second, over a thin line every ten: where it stands still, so does the program.
    private var second: Piece {
        let hands = ["|", "/", "-", "\\"]
        let step: Int64 = state.isLowBandwidth ? 10_000_000_000 : 1_000_000_000
        return Piece(hands[Int(max(0, state.now.nanoseconds / step) % 4)], .text)
    }

    /// Which servers nothing is known of, and since when; nil where all can be heard.
    var banner: Piece? {
        let kinds = state.kindsInUse
        let lost = state.backends.compactMap { backend -> String? in
            let (freshness, arrivedAt) = backend.worst(of: kinds, now: state.now)
            if freshness == .outdated, let late = backend.latePolls(state.now) {
                return "\(backend.name): \(late.words)"
            }
            guard freshness >= .lost else { return nil }
            let age = arrivedAt.map { " for \(SteppedAge.text(state.now - $0))" } ?? ""
            let why =
                backend.troubleWords(with: kinds, now: state.now, isStepped: true).map { ": \($0)" } ?? ""
            return "\(backend.name) \(freshness.word.uppercased())\(age)\(redactor?.words(why) ?? why)"
        }
        guard !lost.isEmpty else { return nil }
        return Piece(" ○ NOT ALL IS KNOWN  \(lost.joined(separator: "; "))", .freshLost)
    }

    /// The last line: a message, else since when it is quiet.
    func drawMessage(in frame: inout Frame, _ line: Rect) {
        guard !line.isEmpty else { return }
        if let message = state.message {
            let role: Role =
                switch message.tone {
                case .plain: .message
                case .good: .messageGood
                case .bad: .messageBad
                }
            let words = redactor?.words(message.words) ?? message.words
            frame.fill(line, Theme.style(role))
            frame.put([Piece(" \(words)", role)], line.x, line.y, width: line.width)
        } else if line.y == frame.size.height - 1, let since = board.watch.quietSince {
            let seconds = Int64(max(0, state.now - since))
            // In whole minutes: seconds would be written out again every second.
            let words = seconds < 60 ? "less than a minute" : Quantity.duration(seconds / 60 * 60)
            frame.put([Piece(" ✓ quiet for \(words)", .severityOk)], line.x, line.y, width: line.width)
        }
    }
}
