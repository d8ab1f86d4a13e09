
end
return guarded(keys, values)
