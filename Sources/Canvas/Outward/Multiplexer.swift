/// What stands between the program and the terminal that the operator looks at.
public enum Multiplexer: Sendable, Hashable {
    /// Nothing that is known of.
    case none
    /// tmux: hands a sequence on where `allow-passthrough` is on.
    case tmux
    /// GNU screen: hands a sequence on piece by piece.
    case screen

    /// GNU screen keeps no longer string than 256 bytes, and prints what is left of a longer one.
    private static let longestPiece = 200

    /// What the environment says: a multiplexer's own variable, else the name that it gives the terminal, which is
    /// all that comes through ssh.
    public init(term: String, tmux: String, screen: String) {
        self =
            if !tmux.isEmpty || term.hasPrefix("tmux") {
                .tmux
            } else if !screen.isEmpty || term.hasPrefix("screen") {
                .screen
            } else {
                .none
            }
    }

    /// A sequence wrapped so that the terminal behind gets it; it must not end with `ESC \`, which ends the wrapping.
    func passing(_ sequence: [UInt8]) -> [UInt8] {
        let escape: UInt8 = 0x1B
        switch self {
        case .none: return sequence
        case .tmux:
            let doubled = sequence.flatMap { $0 == escape ? [escape, escape] : [$0] }
            return Array("\u{1B}Ptmux;".utf8) + doubled + Array("\u{1B}\\".utf8)
        case .screen:
            return stride(from: 0, to: sequence.count, by: Self.longestPiece).flatMap { start in
                Array("\u{1B}P".utf8) + sequence[start..<min(start + Self.longestPiece, sequence.count)]
                    + Array("\u{1B}\\".utf8)
            }
        }
    }
}
