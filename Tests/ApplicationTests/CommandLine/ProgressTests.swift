import Synchronization
import Testing

@testable import nocturne

@Suite("How far a command is, on standard error")
struct ProgressTests {
    private let words = [
        "asking", "cpe7: online for 3h after 15 s", "cpe7: online for 3h after 30 s",
        "cpe7: offline after 45 s",
        "cpe7: offline after 45 s", "cpe7: back online after 60 s",
    ]

    private func lines(isTerminal: Bool) -> [String] {
        let lines = Mutex<[String]>([])
        let progress = ProgressLines(isTerminal: isTerminal) { line in lines.withLock { $0.append(line) } }
        words.forEach(progress.report)
        return lines.withLock { $0 }
    }

    @Test("a terminal gets whatever is new, a pipe a line for each change that is more than a number")
    func reporting() {
        #expect(lines(isTerminal: true) == [words[0], words[1], words[2], words[3], words[5]])
        #expect(lines(isTerminal: false) == [words[0], words[1], words[3], words[5]])
    }
}
