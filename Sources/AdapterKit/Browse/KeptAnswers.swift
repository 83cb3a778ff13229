internal import HTTP
internal import Synchronization

/// The last answers of a server, so that what lies in them is looked at as it was shown.
final class KeptAnswers: Sendable {
    /// Bytes that are kept in all.
    private static let most = 64 << 20

    private struct Memory {
        /// The latest last.
        var answers: [(place: String, response: Response)] = []
        var bytes = 0
    }
    private let memory = Mutex(Memory())

    /// Keeps one, in place of an earlier one of the same place; the oldest go where there are too many.
    func keep(_ response: Response, at place: String) {
        memory.withLock { memory in
            if let old = memory.answers.firstIndex(where: { $0.place == place }) {
                memory.bytes -= memory.answers.remove(at: old).response.body.count
            }
            memory.answers.append((place, response))
            memory.bytes += response.body.count
            while memory.bytes > Self.most, memory.answers.count > 1 {
                memory.bytes -= memory.answers.removeFirst().response.body.count
            }
        }
    }

    /// The answer of a place; nil where it is kept no more.
    subscript(place: String) -> Response? {
        memory.withLock { memory in memory.answers.last { $0.place == place }?.response }
    }
}
