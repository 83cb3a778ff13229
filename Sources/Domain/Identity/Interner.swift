import Synchronization

/// Words that stand for themselves as small numbers for as long as the process lives.
///
/// Identities are compared and hashed millions of times; as numbers they cost nothing. A word is never
/// forgotten, so only names that a server keeps stable (kinds, ids) may be interned.
final class Interner: Sendable {
    private struct Words {
        var numbers: [String: UInt32] = [:]
        var words: [String] = []
    }

    private let state = Mutex(Words())

    func number(of word: String) -> UInt32 {
        state.withLock { state in
            if let known = state.numbers[word] { return known }
            let number = UInt32(state.words.count)
            state.words.append(word)
            state.numbers[word] = number
            return number
        }
    }

    func word(_ number: UInt32) -> String {
        state.withLock { Int(number) < $0.words.count ? $0.words[Int(number)] : "" }
    }
}
