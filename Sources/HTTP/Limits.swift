/// How long and how much a transport waits for; all in seconds and bytes.
public struct Limits: Sendable, Equatable {
    /// Making the connection, TLS included.
    public var connect: Double = 5
    /// Waiting for the first byte of an answer.
    public var firstByte: Double = 30
    /// An answer slower than `stallRate` bytes per second for this long is given up.
    public var stall: Double = 15
    /// See `stall`.
    public var stallRate: Int = 100
    /// A whole read.
    public var read: Double = 300
    /// A whole command; after it the outcome is unknown.
    public var command: Double = 30
    /// The largest body that is kept.
    public var body: Int = 256 << 20
    /// Connections to one host at once.
    public var connectionsPerHost: Int = 4

    /// The limits of PRODUCT.md.
    public init() {}
}
