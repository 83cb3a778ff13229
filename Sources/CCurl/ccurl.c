// The package manager builds a C target only from a source file; everything is inline in the header.
#include "ccurl.h"
