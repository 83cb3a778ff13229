// Stands in for Foundation when the release binary is linked: `make build` compiles this file as a module of that name and
// hands its object to the linker, which then takes nothing from Foundation's library. Debug builds and tests have the
// real one.
//
// ArgumentParser asks Foundation for two things, which cost 5 MB: JSON for `--experimental-dump-help`, which is refused
// before the parser reads it, and whether an error is a `LocalizedError`. Nothing in `Sources` imports Foundation, so none
// is. Here is what ArgumentParser names of it. Were it to name more, the linker would take the library after all and refuse
// the names that both have; `make build STAND_IN=` links without this file.

// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// What no error of this program conforms to.
public protocol LocalizedError: Error {
    var errorDescription: String? { get }
}

/// What never writes JSON.
public class JSONEncoder {
    public struct OutputFormatting: Sendable {
        public static let prettyPrinted = OutputFormatting()
        public static let sortedKeys = OutputFormatting()
    }

    public init() { fatalError("nocturne has no JSON of its options") }
}

/// The bytes that are never written.
public struct Data: Sendable {}

extension String {
    public struct Encoding: Sendable {
        public static let utf8 = Encoding()
    }

    public init?(data: __shared Data, encoding: Encoding) { nil }
}
