internal import CNcurses

/// What the terminal library makes of the bytes typed: a character, or a key it knows the sequence of.
enum RawInput: Hashable {
    case character(Unicode.Scalar)
    /// A key of the shim's list with its modifiers.
    case code(UInt32)

    /// Takes all there is; never waits but for the rest of a sequence.
    static func drain() -> [RawInput] {
        var burst: [RawInput] = []
        var value: UInt32 = 0
        while true {
            switch nc_input(UInt32(nc_read(&value))) {
            case nc_character: if let scalar = Unicode.Scalar(value) { burst.append(.character(scalar)) }
            case nc_code: burst.append(.code(value))
            default: return burst
            }
        }
    }
}
