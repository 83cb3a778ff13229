internal import Glibc

/// The bytes of an answer, kept once from the socket to the parser.
///
/// The memory has at least `padding` readable zero bytes behind the content, which lets a vectorised JSON
/// parser read it in place.
public final class Body: @unchecked Sendable {  // written before `init` returns, forgotten by its only owner
    /// Readable bytes behind the content.
    public static let padding = 64
    /// The number of content bytes.
    public let count: Int
    /// How many bytes came; more than `count` where white space between values was left out.
    public let arrived: Int
    private let start: UnsafeMutableRawPointer
    /// How many bytes were given back.
    private var forgotten = 0

    /// Takes over memory from `malloc` that has room for `count` and `padding` bytes; frees it at the end.
    ///
    /// - Parameter arrived: How many bytes came; nil where all of them are here.
    public init(
        takingOver memory: UnsafeMutableRawPointer, count: Int, arrived: Int? = nil,
        free: @escaping @Sendable (UnsafeMutableRawPointer) -> Void
    ) {
        (memory + count).initializeMemory(as: UInt8.self, repeating: 0, count: Body.padding)
        start = memory
        self.count = count
        self.arrived = arrived ?? count
        release = free
    }

    /// Copies bytes.
    public convenience init(_ bytes: some Collection<UInt8>) {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes.count + Body.padding, alignment: 16)
        UnsafeMutableRawBufferPointer(start: memory, count: bytes.count).copyBytes(from: bytes)
        self.init(takingOver: memory, count: bytes.count) { $0.deallocate() }
    }

    private let release: @Sendable (UnsafeMutableRawPointer) -> Void

    deinit { release(start) }

    /// Lends the content; the padding lies behind it.
    public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result
    {
        try body(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// Gives the memory of the first bytes back to the system; zeros are read there from then on.
    ///
    /// Only for who knows that nobody else has this body. What shares a page with other bytes stays.
    public func forget(first bytes: Int) {
        let page = sysconf(Int32(_SC_PAGESIZE))
        let address = Int(bitPattern: start)
        let lower = (address + forgotten + page - 1) / page * page
        let upper = (address + min(bytes, count)) / page * page
        guard page > 0, lower < upper else { return }
        // The memory is private to the process, so that it is as it was when it was new.
        guard madvise(start + (lower - address), upper - lower, MADV_DONTNEED) == 0 else { return }
        forgotten = upper - address
    }

    /// The content decoded as UTF-8, at most `limit` bytes of it; broken sequences are replaced.
    public func text(limit: Int = .max) -> String {
        withUnsafeBytes { String(decoding: $0.prefix(limit), as: UTF8.self) }
    }
}
