/// What is fetched before it is asked for. Entry type: [app.waxwing.cache.SmartCache].
@NullMarked
package app.waxwing.cache;

import org.jspecify.annotations.NullMarked;
